using FairShare.Contracts.Http;

namespace FairShare.Contracts.Exchange;

/// <summary>Problems of calls about documents and exchanges.</summary>
public static class ExchangeProblems
{
#pragma warning disable CS1591 // The titles say what each of them means.
    public static ProblemType InvalidAudience { get; } = new("invalid-audience", 400, "The audience is malformed");

    public static ProblemType UnknownParty { get; } =
        new("unknown-party", 409, "The audience names a party that has no key with the service");

    public static ProblemType InvalidDeadline { get; } = new("invalid-deadline", 400, "The deadline is out of range");

    public static ProblemType InvalidParts { get; } = new("invalid-parts", 400, "The parts do not fit the document");

    public static ProblemType NotAvailableOverQueue { get; } = new("not-available-over-queue", 422, "This is offered by the HTTP API only");

    public static ProblemType NotYourDocument { get; } = new("not-your-document", 403, "Only the document's uploader may do this");

    public static ProblemType OwnDocument { get; } = new("own-document", 403, "A party cannot acquire its own document");

    public static ProblemType DocumentNotFound { get; } = new("document-not-found", 404, "There is no such document for the caller");

    public static ProblemType ExchangeNotFound { get; } = new("exchange-not-found", 404, "There is no such exchange of the caller");

    public static ProblemType NonceUsed { get; } = new("nonce-used", 409, "The nonce is used up");

    public static ProblemType WrongFilePath { get; } =
        new("wrong-file-path", 409, "The file path is not the one that was given for this document");

    public static ProblemType InvalidStamp { get; } = new("invalid-stamp", 422, "The attached stamp is not one of the evidence");

    public static ProblemType UploadExpired { get; } = new("upload-expired", 409, "The upload's deadline has passed");

    public static ProblemType DocumentNotUploaded { get; } = new("document-not-uploaded", 409, "The document's bytes are not there");

    public static ProblemType DocumentMismatch { get; } =
        new("document-mismatch", 422, "The stored bytes are not those that the evidence describes");

    public static ProblemType DocumentEncoded { get; } =
        new("document-encoded", 422, "The stored bytes would be served in another encoding");

    public static ProblemType PartsMismatch { get; } = new("parts-mismatch", 422, "The stored parts are not those that were announced");

    public static ProblemType DocumentNotAvailable { get; } = new("document-not-available", 409, "The document is not on deposit");

    public static ProblemType DeadlinePassed { get; } = new("deadline-passed", 409, "The exchange's deadline has passed");

    public static ProblemType ExchangeEnded { get; } = new("exchange-ended", 409, "The exchange has ended otherwise");

    public static ProblemType ExchangeNotCompleted { get; } = new("exchange-not-completed", 409, "The exchange has not completed");

    public static ProblemType TooManyOpenExchanges { get; } = new("too-many-open-exchanges", 429, "The caller has too many open exchanges");

    public static ProblemType TooManyPendingUploads { get; } =
        new("too-many-pending-uploads", 429, "The caller has too many pending uploads");
#pragma warning restore CS1591
}
