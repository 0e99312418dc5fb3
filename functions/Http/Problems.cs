using FairShare.Protocol.Errors;
using FairShare.Protocol.Evidence;

namespace FairShare.Functions.Http;

/// <summary>Every problem that the API answers with: the one mapping of errors to codes and statuses (docs/problems.md).</summary>
internal static class Problems
{
    public static ProblemType InvalidBody { get; } = new("invalid-body", 400, "The request's body is not what this call takes");
    public static ProblemType BodyTooLarge { get; } = new("body-too-large", 413, "The request's body is larger than this call takes");
    public static ProblemType InvalidRequest { get; } = new("invalid-request", 400, "A value in the request is malformed");
    public static ProblemType InvalidIdempotencyKey { get; } = new("invalid-idempotency-key", 400, "The Idempotency-Key is malformed");
    public static ProblemType IdempotencyKeyReused { get; } = new("idempotency-key-reused", 422, "The Idempotency-Key was used for another request");
    public static ProblemType InvalidAudience { get; } = new("invalid-audience", 400, "The audience is malformed");
    public static ProblemType InvalidDeadline { get; } = new("invalid-deadline", 400, "The deadline is out of range");
    public static ProblemType InvalidParts { get; } = new("invalid-parts", 400, "The parts do not fit the document");
    public static ProblemType InvalidProof { get; } = new("invalid-proof", 422, "The proof does not show possession of the key");
    public static ProblemType InvalidSigningInput { get; } = new("invalid-signing-input", 422, "What is to be signed is not evidence of the caller's own");
    public static ProblemType NotAvailableOverQueue { get; } = new("not-available-over-queue", 422, "This is offered by the HTTP API only");
    public static ProblemType UnboundSender { get; } = new("unbound-sender", 403, "The queue's sender is not bound to the party");
    public static ProblemType NotYourDocument { get; } = new("not-your-document", 403, "Only the document's uploader may do this");
    public static ProblemType OwnDocument { get; } = new("own-document", 403, "A party cannot acquire its own document");
    public static ProblemType DocumentNotFound { get; } = new("document-not-found", 404, "There is no such document for the caller");
    public static ProblemType ExchangeNotFound { get; } = new("exchange-not-found", 404, "There is no such exchange of the caller");
    public static ProblemType KeyNotFound { get; } = new("key-not-found", 404, "The caller has no such key");
    public static ProblemType NoSigningKey { get; } = new("no-signing-key", 409, "The caller has no valid signing key");
    public static ProblemType KeyAlreadyRegistered { get; } = new("key-already-registered", 409, "The key is registered already");
    public static ProblemType WrongNonce { get; } = new("wrong-nonce", 409, "The nonce is not the one that was given for this step");
    public static ProblemType NonceUsed { get; } = new("nonce-used", 409, "The nonce is used up");
    public static ProblemType WrongFilePath { get; } = new("wrong-file-path", 409, "The file path is not the one that was given for this document");
    public static ProblemType UploadExpired { get; } = new("upload-expired", 409, "The upload's deadline has passed");
    public static ProblemType DocumentNotUploaded { get; } = new("document-not-uploaded", 409, "The document's bytes are not there");
    public static ProblemType DocumentMismatch { get; } = new("document-mismatch", 422, "The stored bytes are not those that the evidence describes");
    public static ProblemType DocumentEncoded { get; } = new("document-encoded", 422, "The stored bytes would be served in another encoding");
    public static ProblemType PartsMismatch { get; } = new("parts-mismatch", 422, "The stored parts are not those that were announced");
    public static ProblemType DocumentNotAvailable { get; } = new("document-not-available", 409, "The document is not on deposit");
    public static ProblemType DeadlinePassed { get; } = new("deadline-passed", 409, "The exchange's deadline has passed");
    public static ProblemType ExchangeEnded { get; } = new("exchange-ended", 409, "The exchange has ended otherwise");
    public static ProblemType ExchangeNotCompleted { get; } = new("exchange-not-completed", 409, "The exchange has not completed");
    public static ProblemType InvalidEvidence { get; } = new("invalid-evidence", 422, "The evidence is refused");
    public static ProblemType TooManyCalls { get; } = new("too-many-calls", 429, "The caller has made too many calls this hour that sign or store");
    public static ProblemType TooManyOpenExchanges { get; } = new("too-many-open-exchanges", 429, "The caller has too many open exchanges");
    public static ProblemType TooManyPendingUploads { get; } = new("too-many-pending-uploads", 429, "The caller has too many pending uploads");
    public static ProblemType Busy { get; } = new("busy", 503, "The service is busy; the same request may be repeated");
    public static ProblemType InternalError { get; } = new("internal-error", 500, "The service failed");

    private static readonly Dictionary<string, ProblemType> ByCode = new[]
    {
        InvalidBody, BodyTooLarge, InvalidRequest, InvalidIdempotencyKey, IdempotencyKeyReused, InvalidAudience, InvalidDeadline, InvalidParts,
        InvalidProof, InvalidSigningInput, NotAvailableOverQueue, UnboundSender, NotYourDocument, OwnDocument, DocumentNotFound, ExchangeNotFound,
        KeyNotFound, NoSigningKey, KeyAlreadyRegistered, WrongNonce, NonceUsed, WrongFilePath, UploadExpired, DocumentNotUploaded,
        DocumentMismatch, DocumentEncoded, PartsMismatch, DocumentNotAvailable, DeadlinePassed, ExchangeEnded, ExchangeNotCompleted, InvalidEvidence, TooManyCalls, TooManyOpenExchanges, TooManyPendingUploads, Busy, InternalError,
    }.ToDictionary(type => type.Code);

    private static readonly HashSet<string> EvidenceCodes = [.. Enum.GetValues<EvidenceFault>().Select(fault => fault.Code())];

    /// <summary>The problem of evidence that a verifier refused; its code names the fault, and the member where there is one.</summary>
    public static ProtocolException Of(EvidenceVerdict.Refused refused) => new(refused.Code, refused.Detail);

    /// <summary>The type behind a code; a code of the protocol library that is not listed above is a malformed value.</summary>
    public static ProblemType TypeOf(ProtocolException problem) =>
        ByCode.TryGetValue(problem.Code, out var type) ? type
        : EvidenceCodes.Contains(problem.Code.Split(':')[0]) ? InvalidEvidence with { Code = problem.Code }
        : InvalidRequest with { Code = problem.Code };
}
