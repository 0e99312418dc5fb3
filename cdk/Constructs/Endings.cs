using Amazon.CDK;
using Constructs;

namespace FairShare.Cdk.Constructs;

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
    public void HandledBy(FunctionFactory functions, ServiceParts parts)
    {
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(parts);
        var function = functions.Create("EndExchanges", Duration.Seconds(FunctionSeconds));
        Grants.EndExchanges(parts, function);
        HandTo(function, "Endings", maxConcurrency: 10);
    }
}
