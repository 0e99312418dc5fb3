using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;

namespace FairShare.Cdk.Constructs;

/// <summary>The handler of the seed's envelope: it may do what the handlers of steps 1, 3, 4, 6 and a may, and answer on the parties' queues.</summary>
internal static class ProtocolSteps
{
    public static Function Create(FunctionFactory functions, ServiceParts parts)
    {
        var function = functions.Create("ReceiveProtocolMessages", Duration.Seconds(30));
        parts.Evidence.Grant(function, "GetItem", "Query", "BatchGetItem", "PutItem", "UpdateItem", "DeleteItem");
        parts.Evidence.GrantQuery(function, EvidenceTable.ExchangesByDocument);
        parts.Documents.Grant(function, "PutObject", "GetObjectVersion", "DeleteObjectVersion", "AbortMultipartUpload");
        parts.Documents.GrantBucket(function, "ListBucket", "ListBucketVersions");
        parts.Keys.GrantSeal(function);
        parts.Workflow.GrantStart(function);
        parts.Workflow.GrantComplete(function);
        parts.Workflow.GrantEnd(function);
        parts.Delivery.GrantSend(function);
        return function;
    }
}
