namespace FairShare.Core.Errors;

/// <summary>Why a token is refused.</summary>
/// <param name="Fault">The kind of fault.</param>
/// <param name="Detail">One sentence for people.</param>
/// <param name="Member">The member concerned, for example <c>doc.digest</c>, or null.</param>
public sealed record TokenRefusal(TokenFault Fault, string Detail, string? Member = null)
{
    /// <summary>The stable code, with the member where there is one: <c>statement-mismatch:doc.digest</c>.</summary>
    public string Code => Member is null ? Fault.Code() : $"{Fault.Code()}:{Member}";
}
