namespace FairShare.Backup.Sharing;

/// <summary>How many shares there may be: 2 ≤ m ≤ n ≤ 40.</summary>
public static class SharingLimits
{
    /// <summary>The least m: one share alone must not be the secret.</summary>
    public const int LeastThreshold = 2;

    /// <summary>The greatest n.</summary>
    public const int GreatestTotal = 40;

    /// <exception cref="ArgumentOutOfRangeException">Other numbers.</exception>
    internal static void Require(int threshold, int total)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, LeastThreshold);
        ArgumentOutOfRangeException.ThrowIfLessThan(total, threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(total, GreatestTotal);
    }
}
