namespace FairShare.Protocol.Errors;

/// <summary>A value or request that the protocol refuses; the one exception family of this library.</summary>
/// <param name="code">A stable code in lower case with hyphens, for example <c>invalid-exchange-id</c>; clients may branch on it.</param>
/// <param name="message">One sentence for people; never repeats untrusted input.</param>
public class ProtocolException(string code, string message) : Exception(message)
{
    /// <summary>The stable code.</summary>
    public string Code { get; } = code;
}
