using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Exchange;

/// <summary>The store's queue for the seed's envelope, and where messages go that cannot be handled, with the reason.</summary>
public sealed class ProtocolQueue(Construct scope, string id) : HandledQueue(scope, id, FunctionSeconds, deliveries: 5)
{
    /// <summary>
    /// How long the function that handles a message may take, in seconds: a step's function takes 29 at most, and half is left
    /// for the rest.
    /// </summary>
    public const int FunctionSeconds = 60;

    /// <summary>Hands the queue's messages to a function; a slow message delays no other.</summary>
    public void HandledBy(Function function) => HandTo(function, "ProtocolQueue", maxConcurrency: 20);
}
