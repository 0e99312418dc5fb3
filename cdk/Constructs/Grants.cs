using Amazon.CDK.AWS.Lambda;

namespace FairShare.Cdk.Constructs;

/// <summary>What each handler may do, and no more: a test takes every one of these away and sees an exchange fail.</summary>
internal static class Grants
{
    public static void DescribeService(ServiceParts parts, Function function)
    {
        parts.Identity.DescribeTo(function);
        parts.Evidence.Grant(function, EvidencePartitions.Store, "Query");
        parts.Keys.GrantKnowSeal(function);
    }

    public static void IssueKeyNonce(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.KeyNonce, "PutItem");
        CountUsage(parts, function);
    }

    public static void IssueSenderNonce(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.SenderNonce, "PutItem");
        CountUsage(parts, function);
    }

    public static void RegisterKey(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.Party, "Query", "PutItem");
        parts.Evidence.Grant(function, EvidencePartitions.KeyOwner, "GetItem", "PutItem");
        parts.Evidence.Grant(function, EvidencePartitions.KeyNonce, "DeleteItem");
        CountUsage(parts, function);
        if (parts.Keys.HoldsKeys)
        {
            parts.Evidence.Grant(function, EvidencePartitions.HeldKeys, "GetItem", "UpdateItem");
        }

        parts.Keys.GrantCreateHeldKeys(function);
    }

    public static void RetireKey(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.Party, "GetItem", "UpdateItem");
        parts.Keys.GrantDeleteHeldKeys(function);
    }

    public static void SignWithHeldKey(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.Party, "GetItem");
        parts.Evidence.Grant(function, EvidencePartitions.KeyOwner, "GetItem");
        CountUsage(parts, function);
        parts.Keys.GrantSignWithHeldKeys(function);
    }

    public static void ListPartyKeys(ServiceParts parts, Function function) =>
        parts.Evidence.Grant(function, EvidencePartitions.Party, "Query");

    public static void RequestUpload(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.Party, "Query");
        parts.Evidence.Grant(function, EvidencePartitions.Document, "GetItem", "PutItem");
        parts.Evidence.Grant(function, EvidencePartitions.Deposit, "GetItem");
        // What is pending is counted anew from the listing of the party's uploads.
        parts.Evidence.Grant(function, [EvidencePartitions.Document, EvidencePartitions.Deposit], "BatchGetItem");
        parts.Evidence.GrantQuery(function, EvidenceTable.DocumentsByListing);
        CountUsage(parts, function);
        parts.Documents.Grant(function, "PutObject", "ListMultipartUploadParts");
    }

    public static void RequestUploadParts(ServiceParts parts, Function function)
    {
        ReadDocument(parts, function);
        parts.Documents.Grant(function, "PutObject");
    }

    public static void SubmitOrigin(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.Party, "GetItem");
        parts.Evidence.Grant(function, EvidencePartitions.Document, "GetItem");
        parts.Evidence.Grant(function, EvidencePartitions.Deposit, "GetItem", "PutItem");
        parts.Evidence.Grant(function, EvidencePartitions.Listing, "PutItem");
        CountUsage(parts, function);
        // The second is for the sizes of a version's parts.
        parts.Documents.Grant(function, "GetObjectVersion", "GetObjectVersionAttributes");
        // Without it S3 answers 403, not 404, to what was never uploaded.
        parts.Documents.GrantBucket(function, "ListBucket");
        parts.Keys.GrantSeal(function);
    }

    public static void ListDocuments(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, [EvidencePartitions.Document, EvidencePartitions.Deposit], "BatchGetItem");
        parts.Evidence.GrantQuery(function, EvidenceTable.DocumentsByListing);
    }

    public static void GetDocument(ServiceParts parts, Function function)
    {
        parts.Documents.Grant(function, "GetObject");
        // Without it S3 answers 403, not 404, while nothing is stored.
        parts.Documents.GrantBucket(function, "ListBucket");
        ReadDocument(parts, function);
    }

    public static void AbortDocument(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.Document, "GetItem", "Query", "UpdateItem");
        parts.Evidence.Grant(function, EvidencePartitions.Deposit, "GetItem", "PutItem");
        CountUsage(parts, function);
        parts.Keys.GrantSeal(function);
        parts.Delivery.GrantSend(function);
    }

    public static void EndExchanges(ServiceParts parts, Function function)
    {
        ReadDocument(parts, function);
        parts.Evidence.Grant(function, EvidencePartitions.Listing, "Query", "DeleteItem");
        parts.Evidence.Grant(function, EvidencePartitions.Exchange, "BatchGetItem");
        parts.Evidence.GrantQuery(function, EvidenceTable.ExchangesByDocument);
        parts.Documents.Grant(function, "DeleteObjectVersion", "AbortMultipartUpload");
        parts.Documents.GrantBucket(function, "ListBucketVersions");
        parts.Workflow.GrantEnd(function);
    }

    public static void RequestDownload(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.Party, "Query");
        parts.Evidence.Grant(function, EvidencePartitions.Exchange, "Query");
        // What is open is counted anew from the notes of what was started, and from the endings.
        parts.Evidence.Grant(function, EvidencePartitions.Usage, "PutItem", "Query", "DeleteItem");
        parts.Evidence.Grant(function, EvidencePartitions.Exchange, "BatchGetItem");
        CountUsage(parts, function);
        ReadDocument(parts, function);
        parts.Keys.GrantSeal(function);
        parts.Workflow.GrantStart(function);
    }

    public static void SubmitReceipt(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.Exchange, "Query");
        parts.Evidence.Grant(function, EvidencePartitions.Deposit, "GetItem");
        parts.Evidence.Grant(function, EvidencePartitions.Party, "GetItem");
        parts.Evidence.Grant(function, EvidencePartitions.Store, "GetItem");
        CountUsage(parts, function);
        ReadUsage(parts, function);
        parts.Documents.Grant(function, "GetObjectVersion");
        parts.Keys.GrantSeal(function);
        parts.Workflow.GrantComplete(function);
    }

    public static void Decline(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.Exchange, "Query");
        parts.Evidence.Grant(function, EvidencePartitions.Party, "GetItem");
        ReadUsage(parts, function);
        parts.Workflow.GrantEnd(function);
    }

    public static void GetExchange(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.Exchange, "Query");
        ReadUsage(parts, function);
    }

    public static void GetEvidence(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.Exchange, "Query");
        parts.Evidence.Grant(function, EvidencePartitions.Party, "BatchGetItem");
        ReadUsage(parts, function);
        parts.Evidence.Grant(function, EvidencePartitions.Store, "GetItem");
        ReadDocument(parts, function);
    }

    public static void RenewDownload(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.Exchange, "Query");
        ReadUsage(parts, function);
        parts.Documents.Grant(function, "GetObjectVersion");
    }

    public static void ListInbox(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.Exchange, "BatchGetItem");
        parts.Evidence.Grant(function, EvidencePartitions.Deposit, "BatchGetItem");
        parts.Evidence.GrantQuery(function, EvidenceTable.EndingsByUploader);
        parts.Evidence.GrantQuery(function, EvidenceTable.EndingsByDownloader);
    }

    private static void CountUsage(ServiceParts parts, Function function) =>
        parts.Evidence.Grant(function, EvidencePartitions.Usage, "UpdateItem");

    // Whether the caller has just started an exchange that is not recorded yet.
    private static void ReadUsage(ServiceParts parts, Function function) =>
        parts.Evidence.Grant(function, EvidencePartitions.Usage, "GetItem");

    private static void ReadDocument(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, EvidencePartitions.Document, "GetItem");
        parts.Evidence.Grant(function, EvidencePartitions.Deposit, "GetItem");
    }
}
