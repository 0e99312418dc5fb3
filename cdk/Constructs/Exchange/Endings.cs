using Amazon.CDK;
using Constructs;
using FairShare.Cdk.Constructs.Evidence;
using FairShare.Cdk.Constructs.Hosting;
using Partitions = FairShare.Aws.Table.Partitions;
using TableIndex = FairShare.Aws.Table.TableIndex;

namespace FairShare.Cdk.Constructs.Exchange;

/// <summary>
/// The queue of aborted documents: their open exchanges are ended and their bytes deleted, however many there are. A message comes again,
/// by the visibility timeout, until the document's presigned uploads have expired.
/// </summary>
public sealed class Endings : HandledQueue
{
    private const int FunctionSeconds = 150;

    public Endings(Construct scope, string id, Delivery delivery)
        : base(scope, id, FunctionSeconds, deliveries: 100)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        delivery.Route("Endings", "abortedDocument", "documentId", Queue);
    }

    /// <summary>Makes the function that handles the queue.</summary>
    public void HandledBy(FunctionFactory functions, EvidenceTable evidence, DocumentBucket documents, ExchangeWorkflow workflow)
    {
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(workflow);
        var function = functions.Create("EndExchanges", Duration.Seconds(FunctionSeconds));
        evidence.Grant(function, Partitions.Document, "GetItem");
        evidence.Grant(function, Partitions.Deposit, "GetItem");
        evidence.Grant(function, Partitions.Listing, "Query", "DeleteItem");
        evidence.Grant(function, Partitions.Exchange, "BatchGetItem");
        evidence.GrantQuery(function, TableIndex.ExchangesByDocument.Name);
        documents.Grant(function, "DeleteObjectVersion", "AbortMultipartUpload");
        documents.GrantBucket(function, "ListBucketVersions");
        workflow.GrantEnd(function);
        HandTo(function, "Endings", maxConcurrency: 10);
    }
}
