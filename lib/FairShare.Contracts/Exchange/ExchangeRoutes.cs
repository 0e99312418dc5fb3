using System.Text.Json.Serialization;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;

namespace FairShare.Contracts.Exchange;

/// <summary>Calls about documents and the exchanges of them, in the order of the protocol.</summary>
public static class ExchangeRoutes
{
    /// <summary>Steps 1 and 2: announces a document. A repeat with the same Idempotency-Key gives the same document.</summary>
    public static Route<None, UploadRequest, UploadGrant> RequestUpload { get; } =
        new(HttpMethod.Post, "/documents")
        {
            Success = 201,
            Headers = [RouteParameter.IdempotencyKey],
            Problems =
            [
                ExchangeProblems.InvalidAudience,
                ExchangeProblems.UnknownParty,
                CommonProblems.NoSigningKey,
                CommonProblems.IdempotencyKeyReused,
                ExchangeProblems.DocumentNotAvailable,
                CommonProblems.TooManyCalls,
                ExchangeProblems.TooManyPendingUploads,
            ],
        };

    /// <summary>Presigned uploads of at most 100 parts; a repeat gives fresh ones.</summary>
    public static Route<DocumentId, PartsRequest, PartsGrant> RequestUploadParts { get; } =
        new(HttpMethod.Post, "/documents/{documentId}/parts")
        {
            Problems = [ExchangeProblems.DocumentNotFound, ExchangeProblems.DocumentNotAvailable, ExchangeProblems.InvalidParts],
        };

    /// <summary>Steps 3 and v: hands in the evidence of origin. A repeat gives the stored receipt.</summary>
    public static Route<DocumentId, OriginRequest, OriginAnswer> SubmitOrigin { get; } =
        new(HttpMethod.Post, "/documents/{documentId}/origin")
        {
            Problems =
            [
                ExchangeProblems.DocumentNotFound,
                ExchangeProblems.DocumentNotAvailable,
                CommonProblems.WrongNonce,
                ExchangeProblems.InvalidStamp,
                ExchangeProblems.NonceUsed,
                ExchangeProblems.WrongFilePath,
                ExchangeProblems.UploadExpired,
                CommonProblems.InvalidEvidence,
                ExchangeProblems.DocumentNotUploaded,
                ExchangeProblems.DocumentMismatch,
                ExchangeProblems.DocumentEncoded,
                ExchangeProblems.PartsMismatch,
                CommonProblems.TooManyCalls,
            ],
        };

    /// <summary>A page of the documents that the caller may ask for, or with <c>role=uploader</c> of those that it uploaded.</summary>
    public static Route<None, None, DocumentPage> ListDocuments { get; } =
        new(HttpMethod.Get, "/documents")
        {
            Query =
            [
                new("role", "Whether to list what the caller may ask for, which is the default, or what it uploaded.")
                {
                    Values = ["reader", "uploader"],
                },
                new("name", "Only documents whose name has this in it, in capitals or not; without it all."),
                RouteParameter.Limit,
                RouteParameter.Cursor,
            ],
        };

    /// <summary>One document.</summary>
    public static Route<DocumentId, None, DocumentView> GetDocument { get; } =
        new(HttpMethod.Get, "/documents/{documentId}") { Problems = [ExchangeProblems.DocumentNotFound] };

    /// <summary>Step a, by the uploader. A repeat gives the stored outcome.</summary>
    public static Route<DocumentId, None, AbortAnswer> AbortDocument { get; } =
        new(HttpMethod.Post, "/documents/{documentId}/abort")
        {
            Problems = [ExchangeProblems.DocumentNotFound, ExchangeProblems.NotYourDocument, CommonProblems.TooManyCalls],
        };

    /// <summary>Steps 4 and 5: starts an exchange. A repeat with the same Idempotency-Key gives the same exchange.</summary>
    public static Route<DocumentId, ExchangeRequest, ExchangeGrant> RequestDownload { get; } =
        new(HttpMethod.Post, "/documents/{documentId}/exchanges")
        {
            Success = 201,
            Headers = [RouteParameter.IdempotencyKey],
            Problems =
            [
                ExchangeProblems.InvalidDeadline,
                CommonProblems.NoSigningKey,
                CommonProblems.IdempotencyKeyReused,
                ExchangeProblems.DocumentNotFound,
                ExchangeProblems.OwnDocument,
                ExchangeProblems.DocumentNotAvailable,
                CommonProblems.TooManyCalls,
                ExchangeProblems.TooManyOpenExchanges,
            ],
        };

    /// <summary>Steps 6 and 8: hands in the receipt; 202 while it is not yet decided. A repeat gives the stored outcome.</summary>
    public static Route<ExchangeId, ChallengeReply, ReceiptAnswer> SubmitReceipt { get; } =
        new(HttpMethod.Post, "/exchanges/{exchangeId}/receipt")
        {
            MayBePending = true,
            Problems =
            [
                ExchangeProblems.InvalidStamp,
                ExchangeProblems.ExchangeNotFound,
                CommonProblems.WrongNonce,
                ExchangeProblems.NonceUsed,
                ExchangeProblems.DeadlinePassed,
                CommonProblems.InvalidEvidence,
                ExchangeProblems.ExchangeEnded,
                CommonProblems.TooManyCalls,
            ],
        };

    /// <summary>Step a, by the downloader; 202 while it is not yet decided. A repeat gives the stored outcome.</summary>
    public static Route<ExchangeId, ChallengeReply, ExchangeView> Decline { get; } =
        new(HttpMethod.Post, "/exchanges/{exchangeId}/decline")
        {
            MayBePending = true,
            Problems =
            [
                ExchangeProblems.ExchangeNotFound,
                CommonProblems.WrongNonce,
                CommonProblems.InvalidEvidence,
                ExchangeProblems.ExchangeEnded,
            ],
        };

    /// <summary>
    /// A page of the caller's exchanges: first those that it started within their deadline and a day; then those that ended, of either
    /// side, newest ending first. An exchange may come twice. With a filter a page may be short, or empty, and not be the last. The
    /// uploader of <c>document</c> is shown all exchanges of it, open ones too, the one opened last first.
    /// </summary>
    public static Route<None, None, ExchangePage> ListExchanges { get; } =
        new(HttpMethod.Get, "/exchanges")
        {
            Query =
            [
                new("role", "Only exchanges of which the caller is the uploader, or the downloader; without it both.")
                {
                    Values = ["uploader", "downloader"],
                },
                new("state", "Only exchanges that stand so; without it all.") { Values = ExchangeStates.Names },
                new("document", "Only exchanges of the document with this id; without it all."),
                new("party", "Only exchanges whose other side is this party; without it all."),
                new("since", "Only exchanges that ended at this time or later, or opened then and have not ended; without it all.")
                {
                    Format = "date-time",
                },
                new("name", "Only exchanges of documents whose name has this in it, in capitals or not; without it all."),
                RouteParameter.Limit,
                RouteParameter.Cursor,
            ],
        };

    /// <summary>Where an exchange stands.</summary>
    public static Route<ExchangeId, None, ExchangeView> GetExchange { get; } =
        new(HttpMethod.Get, "/exchanges/{exchangeId}") { Problems = [ExchangeProblems.ExchangeNotFound] };

    /// <summary>The evidence that the caller may read now, with the keys that verify it.</summary>
    public static Route<ExchangeId, None, EvidenceAnswer> GetEvidence { get; } =
        new(HttpMethod.Get, "/exchanges/{exchangeId}/evidence") { Problems = [ExchangeProblems.ExchangeNotFound] };

    /// <summary>A fresh presigned GET for the downloader of a completed exchange.</summary>
    public static Route<ExchangeId, None, DownloadGrant> RenewDownload { get; } =
        new(HttpMethod.Post, "/exchanges/{exchangeId}/download")
        {
            Problems = [ExchangeProblems.ExchangeNotFound, ExchangeProblems.ExchangeNotCompleted],
        };

    /// <summary>A page of what was delivered to the caller: steps 7, 8 and a.</summary>
    public static Route<None, None, InboxPage> ListInbox { get; } =
        new(HttpMethod.Get, "/inbox") { Query = [RouteParameter.Limit, RouteParameter.Cursor] };
}

/// <summary>The JSON of these calls' records.</summary>
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(UploadGrant))]
[JsonSerializable(typeof(PartsRequest))]
[JsonSerializable(typeof(PartsGrant))]
[JsonSerializable(typeof(OriginRequest))]
[JsonSerializable(typeof(OriginAnswer))]
[JsonSerializable(typeof(DocumentView))]
[JsonSerializable(typeof(DocumentPage))]
[JsonSerializable(typeof(AbortAnswer))]
[JsonSerializable(typeof(ExchangeRequest))]
[JsonSerializable(typeof(ExchangeGrant))]
[JsonSerializable(typeof(ChallengeReply))]
[JsonSerializable(typeof(ReceiptAnswer))]
[JsonSerializable(typeof(ExchangeView))]
[JsonSerializable(typeof(ExchangePage))]
[JsonSerializable(typeof(EvidenceAnswer))]
[JsonSerializable(typeof(DownloadGrant))]
[JsonSerializable(typeof(InboxPage))]
internal sealed partial class ExchangeJson : JsonSerializerContext;
