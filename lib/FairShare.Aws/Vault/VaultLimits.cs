namespace FairShare.Aws.Vault;

/// <summary>How much a party may store.</summary>
/// <param name="Bytes">Bytes of all its items; of one that is not committed, the most that it may have.</param>
/// <param name="Items">Items.</param>
public sealed record VaultLimits(long Bytes, int Items)
{
    /// <summary>What every party may store: 10 GiB in 1,000 items.</summary>
    public static VaultLimits Default { get; } = new(10L << 30, 1_000);

    /// <summary>What all who have no account may store together on one day (UTC): 10 GiB in 10,000 items.</summary>
    public static VaultLimits AnonymousDay { get; } = new(10L << 30, 10_000);

    /// <summary>The most bytes of an item without an account: 64 MiB.</summary>
    public const long LargestAnonymous = 64L << 20;

    /// <summary>How long an item without an account lives at most: 7 days.</summary>
    public static TimeSpan LongestAnonymous { get; } = TimeSpan.FromDays(7);

    /// <summary>So many times as much of each.</summary>
    public VaultLimits Times(int factor) => new(Bytes * factor, Items * factor);
}
