using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using FairShare.Aws.Table;

namespace FairShare.Functions.Http;

/// <summary>Which failures of a service are a matter of its load, so that the same request may succeed in a moment.</summary>
internal static class TransientFailures
{
    private static readonly HashSet<string> Throttles =
    [
        "ThrottlingException",
        "ThrottledException",
        "Throttling",
        "RequestThrottled",
        "RequestThrottledException",
        "TooManyRequestsException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "BandwidthLimitExceeded",
        "LimitExceededException",
        "SlowDown",
        "ExecutionLimitExceeded",
        "TransactionInProgressException",
        "ServiceUnavailable",
        "ServiceUnavailableException",
    ];

    public static bool IsTransient(Exception failure) =>
        failure switch
        {
            ContentionException => true,
            TransactionCanceledException cancelled => cancelled.CancellationReasons.TrueForAll(reason =>
                reason.Code is "None" or "TransactionConflict" or "ThrottlingError" or "ProvisionedThroughputExceeded"
            ),
            AmazonServiceException refused => Throttles.Contains(refused.ErrorCode ?? ""),
            _ => false,
        };
}
