using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;

namespace FairShare.Cdk.Constructs;

/// <summary>The handler of the seed's envelope: it may do what the handlers of steps 1, 3, 4, 6 and a may, and answer on the parties' queues.</summary>
internal static class ProtocolSteps
{
    public static Function Create(FunctionFactory functions, ServiceParts parts)
    {
        var function = functions.Create("ReceiveProtocolMessages", Duration.Seconds(ProtocolQueue.FunctionSeconds));
        parts.Evidence.Grant(function, "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchGetItem");
        parts.Evidence.GrantQuery(function, EvidenceTable.DocumentsByListing);
        parts.Documents.Grant(function, "PutObject", "GetObjectVersion");
        parts.Documents.GrantBucket(function, "ListBucket");
        parts.Keys.GrantSeal(function);
        parts.Workflow.GrantStart(function);
        parts.Workflow.GrantComplete(function);
        parts.Delivery.GrantSend(function);
        return function;
    }
}
