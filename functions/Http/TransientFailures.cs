using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Functions.Metrics;

namespace FairShare.Functions.Http;

/// <summary>Which failures of a service are a matter of its load, so that the same request may succeed in a moment.</summary>
internal static class TransientFailures
{
    public static bool IsTransient(Exception failure) =>
        failure switch
        {
            ContentionException => true,
            TransactionCanceledException cancelled => cancelled.CancellationReasons.TrueForAll(reason =>
                reason.Code is "None" or "TransactionConflict" or "ThrottlingError" or "ProvisionedThroughputExceeded"
            ),
            _ => TransientCodes.IsThrottle(failure),
        };
}
