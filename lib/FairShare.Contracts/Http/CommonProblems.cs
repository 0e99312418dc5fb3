namespace FairShare.Contracts.Http;

/// <summary>Problems of any call, and those that calls of more than one capability have.</summary>
public static class CommonProblems
{
#pragma warning disable CS1591 // The titles say what each of them means.
    public static ProblemType InvalidBody { get; } = new("invalid-body", 400, "The request's body is not what this call takes");

    public static ProblemType BodyTooLarge { get; } = new("body-too-large", 413, "The request's body is larger than this call takes");

    public static ProblemType InvalidRequest { get; } = new("invalid-request", 400, "A value in the request is malformed");

    public static ProblemType InvalidIdempotencyKey { get; } = new("invalid-idempotency-key", 400, "The Idempotency-Key is malformed");

    public static ProblemType IdempotencyKeyReused { get; } =
        new("idempotency-key-reused", 422, "The Idempotency-Key was used for another request");

    public static ProblemType AccessTokenRequired { get; } =
        new("access-token-required", 401, "The token is not an access token of this service's own client");

    public static ProblemType WrongNonce { get; } = new("wrong-nonce", 409, "The nonce is not the one that was given for this step");

    public static ProblemType InvalidEvidence { get; } = new("invalid-evidence", 422, "The evidence is refused");

    public static ProblemType NoSigningKey { get; } = new("no-signing-key", 409, "The caller has no valid signing key");

    public static ProblemType TooManyCalls { get; } =
        new("too-many-calls", 429, "The caller has made too many calls this hour that sign or store");

    public static ProblemType UnknownCall { get; } = new("unknown-call", 404, "The API has no such path");

    public static ProblemType MethodNotAllowed { get; } = new("method-not-allowed", 405, "The path does not have this method");

    public static ProblemType Busy { get; } = new("busy", 503, "The service is busy; the same request may be repeated");

    public static ProblemType InternalError { get; } = new("internal-error", 500, "The service failed");
#pragma warning restore CS1591

    /// <summary>What every call may be refused with; <see cref="InvalidRequest"/> also under the codes of malformed values.</summary>
    public static IReadOnlyList<ProblemType> OfEveryCall { get; } =
    [InvalidBody, BodyTooLarge, InvalidRequest, InvalidIdempotencyKey, AccessTokenRequired, Busy, InternalError];
}
