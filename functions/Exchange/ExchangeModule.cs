using FairShare.Aws.Table;
using FairShare.Contracts.Exchange;
using FairShare.Functions.Modules;

namespace FairShare.Functions.Exchange;

/// <summary>The calls about documents and exchanges: who serves them, and with what rights.</summary>
internal static class ExchangeModule
{
    // Whether the caller has just started an exchange that is not recorded yet.
    private static readonly Right ReadStarted = Right.Items(Partitions.Usage, "GetItem");
    private static readonly Right CountUsage = Right.Items(Partitions.Usage, "UpdateItem");
    private static readonly Right ReadDocument = Right.Items(Partitions.Document, "GetItem");
    private static readonly Right ReadDeposit = Right.Items(Partitions.Deposit, "GetItem");
    private static readonly Right ReadExchange = Right.Items(Partitions.Exchange, "Query");

    public static IReadOnlyList<ModuleRoute> Routes { get; } =
    [
        ModuleRoute.Of(
            ExchangeRoutes.RequestUpload,
            services => new RequestUpload(services),
            Right.Items(Partitions.Party, "Query"),
            Right.Items(Partitions.Document, "GetItem", "PutItem"),
            ReadDeposit,
            // What is pending is counted anew from the listing of the party's uploads.
            Right.Items([Partitions.Document, Partitions.Deposit], "BatchGetItem"),
            Right.Index(TableIndex.DocumentsByListing.Name),
            CountUsage,
            Right.Objects("PutObject", "ListMultipartUploadParts")
        ),
        ModuleRoute.Of(
            ExchangeRoutes.RequestUploadParts,
            services => new RequestUploadParts(services),
            ReadDocument,
            ReadDeposit,
            Right.Objects("PutObject")
        ),
        ModuleRoute.Of(
            ExchangeRoutes.SubmitOrigin,
            services => new SubmitOrigin(services),
            Right.Items(Partitions.Party, "GetItem"),
            ReadDocument,
            Right.Items(Partitions.Deposit, "GetItem", "PutItem"),
            Right.Items(Partitions.Listing, "PutItem"),
            Right.Items(Partitions.Stamp, "PutItem"),
            CountUsage,
            // The second is for the sizes of a version's parts.
            Right.Objects("GetObjectVersion", "GetObjectVersionAttributes"),
            // Without it S3 answers 403, not 404, to what was never uploaded.
            Right.Bucket("ListBucket"),
            Right.Use(ServiceUse.Seal)
        ),
        ModuleRoute.Of(
            ExchangeRoutes.ListDocuments,
            services => new ListDocuments(services),
            Right.Items([Partitions.Document, Partitions.Deposit], "BatchGetItem"),
            Right.Index(TableIndex.DocumentsByListing.Name)
        ),
        ModuleRoute.Of(
            ExchangeRoutes.GetDocument,
            services => new GetDocument(services),
            Right.Objects("GetObject"),
            // Without it S3 answers 403, not 404, while nothing is stored.
            Right.Bucket("ListBucket"),
            ReadDocument,
            ReadDeposit
        ),
        ModuleRoute.Of(
            ExchangeRoutes.AbortDocument,
            services => new AbortDocument(services),
            Right.Items(Partitions.Document, "GetItem", "Query", "UpdateItem"),
            Right.Items(Partitions.Deposit, "GetItem", "PutItem"),
            CountUsage,
            Right.Use(ServiceUse.Seal),
            Right.Use(ServiceUse.SendToParties)
        ),
        ModuleRoute.Of(
            ExchangeRoutes.RequestDownload,
            services => new RequestDownload(services),
            Right.Items(Partitions.Party, "Query"),
            ReadExchange,
            // What is open is counted anew from the notes of what was started, and from the endings.
            Right.Items(Partitions.Usage, "PutItem", "Query", "DeleteItem"),
            Right.Items(Partitions.Exchange, "BatchGetItem"),
            CountUsage,
            ReadDocument,
            ReadDeposit,
            Right.Use(ServiceUse.Seal),
            Right.Use(ServiceUse.StartExchange)
        ),
        ModuleRoute.Of(
            ExchangeRoutes.SubmitReceipt,
            services => new SubmitReceipt(services),
            ReadExchange,
            ReadDeposit,
            Right.Items(Partitions.Party, "GetItem"),
            Right.Items(Partitions.Store, "GetItem"),
            Right.Items(Partitions.Stamp, "PutItem"),
            CountUsage,
            ReadStarted,
            Right.Objects("GetObjectVersion"),
            Right.Use(ServiceUse.Seal),
            Right.Use(ServiceUse.CompleteExchange)
        ),
        ModuleRoute.Of(
            ExchangeRoutes.Decline,
            services => new Decline(services),
            ReadExchange,
            Right.Items(Partitions.Party, "GetItem"),
            ReadStarted,
            Right.Use(ServiceUse.EndExchange)
        ),
        ModuleRoute.Of(
            ExchangeRoutes.ListExchanges,
            services => new ListExchanges(services),
            Right.Items(Partitions.Usage, "Query"),
            Right.Items(Partitions.Exchange, "BatchGetItem"),
            // With a document, whether the caller is its uploader, who sees all exchanges of it.
            ReadDocument,
            ReadDeposit,
            Right.Index(TableIndex.ExchangesByDocument.Name),
            Right.Index(TableIndex.EndingsByUploader.Name),
            Right.Index(TableIndex.EndingsByDownloader.Name)
        ),
        ModuleRoute.Of(ExchangeRoutes.GetExchange, services => new GetExchange(services), ReadExchange, ReadStarted),
        ModuleRoute.Of(
            ExchangeRoutes.GetEvidence,
            services => new GetEvidence(services),
            Right.Items(Partitions.Stamp, "BatchGetItem"),
            ReadExchange,
            Right.Items(Partitions.Party, "BatchGetItem"),
            ReadStarted,
            Right.Items(Partitions.Store, "Query"),
            ReadDocument,
            ReadDeposit
        ),
        ModuleRoute.Of(
            ExchangeRoutes.RenewDownload,
            services => new RenewDownload(services),
            ReadExchange,
            ReadStarted,
            Right.Objects("GetObjectVersion")
        ),
        ModuleRoute.Of(
            ExchangeRoutes.ListInbox,
            services => new ListInbox(services),
            Right.Items(Partitions.Exchange, "BatchGetItem"),
            Right.Items(Partitions.Deposit, "BatchGetItem"),
            Right.Index(TableIndex.EndingsByUploader.Name),
            Right.Index(TableIndex.EndingsByDownloader.Name)
        ),
    ];
}
