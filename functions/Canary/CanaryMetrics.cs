namespace FairShare.Functions.Canary;

/// <summary>What the canary counts.</summary>
internal static class CanaryMetrics
{
    /// <summary>Whole exchanges, whose bundles were verified. Silence is a fault, too.</summary>
    public const string Exchanges = "CanaryExchanges";

    /// <summary>Exchanges that were declined, and whose records were verified.</summary>
    public const string Declines = "CanaryDeclines";

    /// <summary>Rounds that failed.</summary>
    public const string Failures = "CanaryFailures";

    /// <summary>How long a whole exchange took.</summary>
    public const string Duration = "CanarySeconds";

    /// <summary>Days until the certificate of the stamps expires.</summary>
    public const string StampCertificateDays = "StampCertificateDays";
}
