using Amazon.CDK.AWS.Lambda;

namespace FairShare.Cdk.Constructs;

/// <summary>What each handler may do, and no more: a test takes every one of these away and sees an exchange fail.</summary>
internal static class Grants
{
    public static void DescribeService(ServiceParts parts, Function function)
    {
        parts.Identity.DescribeTo(function);
        parts.Keys.GrantReadSeal(function);
    }

    public static void IssueNonce(ServiceParts parts, Function function) => parts.Evidence.Grant(function, "PutItem", "UpdateItem");

    public static void RegisterKey(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, "Query", "PutItem", "DeleteItem", "UpdateItem");
        parts.Keys.GrantCreateHeldKeys(function);
    }

    public static void RetireKey(ServiceParts parts, Function function) => parts.Evidence.Grant(function, "GetItem", "UpdateItem");

    public static void SignWithHeldKey(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, "GetItem", "UpdateItem");
        parts.Keys.GrantSignWithHeldKeys(function);
    }

    public static void ListPartyKeys(ServiceParts parts, Function function) => parts.Evidence.Grant(function, "Query");

    public static void RequestUpload(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, "Query", "PutItem", "UpdateItem", "BatchGetItem");
        parts.Evidence.GrantQuery(function, EvidenceTable.DocumentsByListing);
        parts.Documents.Grant(function, "PutObject", "ListMultipartUploadParts");
    }

    public static void RequestUploadParts(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, "Query");
        parts.Documents.Grant(function, "PutObject");
    }

    public static void SubmitOrigin(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, "GetItem", "Query", "PutItem", "UpdateItem");
        parts.Documents.Grant(function, "GetObjectVersion");
        // Without it S3 answers 403, not 404, to what was never uploaded.
        parts.Documents.GrantBucket(function, "ListBucket");
        parts.Keys.GrantSeal(function);
    }

    public static void ListDocuments(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, "BatchGetItem");
        parts.Evidence.GrantQuery(function, EvidenceTable.DocumentsByListing);
    }

    public static void GetDocument(ServiceParts parts, Function function) => parts.Evidence.Grant(function, "Query");

    public static void AbortDocument(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, "Query", "PutItem", "UpdateItem");
        parts.Keys.GrantSeal(function);
        parts.Delivery.GrantSend(function);
    }

    public static void EndExchanges(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, "Query", "BatchGetItem", "DeleteItem");
        parts.Evidence.GrantQuery(function, EvidenceTable.ExchangesByDocument);
        parts.Documents.Grant(function, "DeleteObjectVersion", "AbortMultipartUpload");
        parts.Documents.GrantBucket(function, "ListBucketVersions");
        parts.Workflow.GrantEnd(function);
    }

    public static void RequestDownload(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, "Query", "GetItem", "PutItem", "UpdateItem", "DeleteItem", "BatchGetItem");
        parts.Keys.GrantSeal(function);
        parts.Workflow.GrantStart(function);
    }

    public static void SubmitReceipt(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, "GetItem", "Query", "UpdateItem");
        parts.Documents.Grant(function, "GetObjectVersion");
        parts.Keys.GrantSeal(function);
        parts.Workflow.GrantComplete(function);
    }

    public static void Decline(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, "GetItem", "Query");
        parts.Workflow.GrantEnd(function);
    }

    public static void GetExchange(ServiceParts parts, Function function) => parts.Evidence.Grant(function, "Query", "GetItem");

    public static void GetEvidence(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, "Query", "GetItem", "BatchGetItem");
        parts.Keys.GrantReadSeal(function);
    }

    public static void RenewDownload(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, "Query", "GetItem");
        parts.Documents.Grant(function, "GetObjectVersion");
    }

    public static void ListInbox(ServiceParts parts, Function function)
    {
        parts.Evidence.Grant(function, "BatchGetItem");
        parts.Evidence.GrantQuery(function, EvidenceTable.EndingsByUploader);
        parts.Evidence.GrantQuery(function, EvidenceTable.EndingsByDownloader);
    }
}
