using FairShare.Backup.Sharing;

namespace FairShare.Backup.Refresh;

/// <summary>How many peers there are, how many are needed, and how many may lie.</summary>
public sealed record RefreshParameters
{
    /// <param name="threshold">m: so many shares give the secret; up to m - 1 peers may be read by an adversary in one epoch.</param>
    /// <param name="total">n.</param>
    /// <param name="liars">f: up to so many may answer, sign and deal falsely; 0 to m - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Other numbers, or a certificate that even all n peers could not give.</exception>
    public RefreshParameters(int threshold, int total, int liars)
    {
        SharingLimits.Require(threshold, total);
        ArgumentOutOfRangeException.ThrowIfNegative(liars);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(liars, threshold);
        (Threshold, Total, Liars) = (threshold, total, liars);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Quorum, total, nameof(liars));
    }

    /// <summary>m.</summary>
    public int Threshold { get; }

    /// <summary>n.</summary>
    public int Total { get; }

    /// <summary>f.</summary>
    public int Liars { get; }

    /// <summary>
    /// How many peers must have prepared the same shares before anybody erases the old ones. Two such sets of peers have one in common that
    /// does not lie, so there are not two certificates; and m of a set that do not lie hold the new shares.
    /// </summary>
    public int Quorum => Math.Max(((Total + Liars) / 2) + 1, Threshold + Liars);

    /// <summary>The most liars with whom a refresh still succeeds while one peer is absent; 0 where there is no such number.</summary>
    /// <param name="threshold">m.</param>
    /// <param name="total">n.</param>
    public static int DefaultLiars(int threshold, int total) =>
        Enumerable.Range(0, threshold).LastOrDefault(liars => Math.Max(((total + liars) / 2) + 1, threshold + liars) <= total - 1);
}
