namespace FairShare.Client.Http;

/// <summary>A refusal by the service (RFC 9457 problem), or an answer of it that cannot be understood.</summary>
/// <param name="code">The service's stable code, for example <c>document-not-found</c>; <c>http-502</c> and the like when the answer was no
/// problem document; <c>unexpected-answer</c> when a success did not have the promised form.</param>
/// <param name="status">The HTTP status.</param>
/// <param name="detail">One sentence for people.</param>
public sealed class FairShareProblem(string code, int status, string detail) : Exception(detail)
{
    /// <summary>The stable code.</summary>
    public string Code { get; } = code;

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>One sentence for people.</summary>
    public string Detail => Message;
}
