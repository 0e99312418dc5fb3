using FairShare.Core.Errors;

namespace FairShare.Functions.Http;

/// <summary>Every problem that the API answers with: the one mapping of errors to codes and statuses (docs/problems.md).</summary>
internal static class Problems
{
    // First, because what follows declares itself here.
    private static readonly Dictionary<string, ProblemType> ByCode = [];

    public static ProblemType InvalidBody { get; } = Declare("invalid-body", 400, "The request's body is not what this call takes");
    public static ProblemType BodyTooLarge { get; } = Declare("body-too-large", 413, "The request's body is larger than this call takes");
    public static ProblemType InvalidRequest { get; } = Declare("invalid-request", 400, "A value in the request is malformed");
    public static ProblemType InvalidIdempotencyKey { get; } = Declare("invalid-idempotency-key", 400, "The Idempotency-Key is malformed");
    public static ProblemType IdempotencyKeyReused { get; } =
        Declare("idempotency-key-reused", 422, "The Idempotency-Key was used for another request");
    public static ProblemType InvalidAudience { get; } = Declare("invalid-audience", 400, "The audience is malformed");
    public static ProblemType InvalidDeadline { get; } = Declare("invalid-deadline", 400, "The deadline is out of range");
    public static ProblemType InvalidParts { get; } = Declare("invalid-parts", 400, "The parts do not fit the document");
    public static ProblemType InvalidProof { get; } = Declare("invalid-proof", 422, "The proof does not show possession of the key");
    public static ProblemType InvalidSigningInput { get; } =
        Declare("invalid-signing-input", 422, "What is to be signed is not evidence of the caller's own");
    public static ProblemType NotAvailableOverQueue { get; } =
        Declare("not-available-over-queue", 422, "This is offered by the HTTP API only");
    public static ProblemType UnboundSender { get; } = Declare("unbound-sender", 403, "The queue's sender is not bound to the party");
    public static ProblemType NotYourDocument { get; } = Declare("not-your-document", 403, "Only the document's uploader may do this");
    public static ProblemType OwnDocument { get; } = Declare("own-document", 403, "A party cannot acquire its own document");
    public static ProblemType DocumentNotFound { get; } = Declare("document-not-found", 404, "There is no such document for the caller");
    public static ProblemType ExchangeNotFound { get; } = Declare("exchange-not-found", 404, "There is no such exchange of the caller");
    public static ProblemType KeyNotFound { get; } = Declare("key-not-found", 404, "The caller has no such key");
    public static ProblemType NoSigningKey { get; } = Declare("no-signing-key", 409, "The caller has no valid signing key");
    public static ProblemType KeyAlreadyRegistered { get; } = Declare("key-already-registered", 409, "The key is registered already");
    public static ProblemType AccessTokenRequired { get; } =
        Declare("access-token-required", 401, "The token is not an access token of this service's own client");
    public static ProblemType KeyRetired { get; } = Declare("key-retired", 409, "The key is retired or its time is over");
    public static ProblemType HeldKeysOff { get; } = Declare("held-keys-off", 403, "This deployment holds no keys for parties");
    public static ProblemType TooManyHeldKeys { get; } =
        Declare("too-many-held-keys", 409, "The store holds as many keys for the caller as it may");
    public static ProblemType WrongNonce { get; } = Declare("wrong-nonce", 409, "The nonce is not the one that was given for this step");
    public static ProblemType NonceUsed { get; } = Declare("nonce-used", 409, "The nonce is used up");
    public static ProblemType WrongFilePath { get; } =
        Declare("wrong-file-path", 409, "The file path is not the one that was given for this document");
    public static ProblemType UploadExpired { get; } = Declare("upload-expired", 409, "The upload's deadline has passed");
    public static ProblemType DocumentNotUploaded { get; } = Declare("document-not-uploaded", 409, "The document's bytes are not there");
    public static ProblemType DocumentMismatch { get; } =
        Declare("document-mismatch", 422, "The stored bytes are not those that the evidence describes");
    public static ProblemType DocumentEncoded { get; } =
        Declare("document-encoded", 422, "The stored bytes would be served in another encoding");
    public static ProblemType PartsMismatch { get; } = Declare("parts-mismatch", 422, "The stored parts are not those that were announced");
    public static ProblemType DocumentNotAvailable { get; } = Declare("document-not-available", 409, "The document is not on deposit");
    public static ProblemType DeadlinePassed { get; } = Declare("deadline-passed", 409, "The exchange's deadline has passed");
    public static ProblemType ExchangeEnded { get; } = Declare("exchange-ended", 409, "The exchange has ended otherwise");
    public static ProblemType ExchangeNotCompleted { get; } = Declare("exchange-not-completed", 409, "The exchange has not completed");
    public static ProblemType InvalidEvidence { get; } = Declare("invalid-evidence", 422, "The evidence is refused");
    public static ProblemType TooManyCalls { get; } =
        Declare("too-many-calls", 429, "The caller has made too many calls this hour that sign or store");
    public static ProblemType TooManyOpenExchanges { get; } =
        Declare("too-many-open-exchanges", 429, "The caller has too many open exchanges");
    public static ProblemType TooManyPendingUploads { get; } =
        Declare("too-many-pending-uploads", 429, "The caller has too many pending uploads");
    public static ProblemType Busy { get; } = Declare("busy", 503, "The service is busy; the same request may be repeated");
    public static ProblemType InternalError { get; } = Declare("internal-error", 500, "The service failed");

    private static readonly HashSet<string> EvidenceCodes = [.. Enum.GetValues<TokenFault>().Select(fault => fault.Code())];

    private static ProblemType Declare(string code, int status, string title)
    {
        var type = new ProblemType(code, status, title);
        ByCode.Add(code, type);
        return type;
    }

    /// <summary>The problem of evidence that a verifier refused; its code names the fault, and the member where there is one.</summary>
    public static ProtocolException Of(TokenRefusal refused) => new(refused.Code, refused.Detail);

    /// <summary>The type behind a code; a code of the protocol library that is not listed above is a malformed value.</summary>
    public static ProblemType TypeOf(ProtocolException problem) =>
        ByCode.TryGetValue(problem.Code, out var type) ? type
        : EvidenceCodes.Contains(problem.Code.Split(':')[0]) ? InvalidEvidence with { Code = problem.Code }
        : InvalidRequest with { Code = problem.Code };
}
