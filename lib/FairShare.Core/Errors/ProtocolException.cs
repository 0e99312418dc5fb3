namespace FairShare.Core.Errors;

/// <summary>A value or request that the protocol refuses; the one exception family of this library.</summary>
/// <param name="code">A stable code in lower case with hyphens, for example <c>invalid-exchange-id</c>; clients may branch on it.</param>
/// <param name="message">One sentence for people; never repeats untrusted input.</param>
public class ProtocolException(string code, string message) : Exception(message)
{
    /// <summary>The stable code.</summary>
    public string Code { get; } = code;

    /// <summary>The refused value as <see cref="RefusedText"/> shows it; null where there is none, or it must not be shown.</summary>
    /// <remarks>
    /// For who gave it, at the command line. It stands beside the message, so that no answer and no log of the service repeats it.
    /// </remarks>
    public string? Value { get; init; }
}
