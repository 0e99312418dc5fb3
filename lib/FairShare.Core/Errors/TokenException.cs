namespace FairShare.Core.Errors;

/// <summary>A token that is refused before it could be compared with anything.</summary>
/// <param name="fault">Why.</param>
/// <param name="member">The member concerned, for example <c>doc.size</c>, or null.</param>
/// <param name="message">One sentence for people.</param>
public sealed class TokenException(TokenFault fault, string? member, string message)
    : ProtocolException(member is null ? fault.Code() : $"{fault.Code()}:{member}", message)
{
    /// <summary>Why.</summary>
    public TokenFault Fault { get; } = fault;

    /// <summary>The member concerned, or null.</summary>
    public string? Member { get; } = member;
}
