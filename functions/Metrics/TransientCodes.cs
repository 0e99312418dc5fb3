using Amazon.Runtime;

namespace FairShare.Functions.Metrics;

/// <summary>The codes by which services refuse a call for their load.</summary>
internal static class TransientCodes
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

    public static bool IsThrottle(Exception failure) =>
        failure is AmazonServiceException refused && Throttles.Contains(refused.ErrorCode ?? "");
}
