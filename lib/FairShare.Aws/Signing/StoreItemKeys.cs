using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Signing;

/// <summary>The keys of the keys that the store sealed with.</summary>
internal static class StoreItemKeys
{
    public static ItemKey StoreKey(KeyId key) => new(StorePartition, "KEY#" + key);

    /// <summary>By what a key of the store is followed, whatever it is for.</summary>
    public static ItemKey Succession(KeyId prior) => new(StorePartition, $"KEY#{prior}#SUCCESSION");

    /// <summary>The certificate of a key that stamps.</summary>
    public static ItemKey StampCertificate(KeyId key) => new(StorePartition, "STAMP#" + key);

    /// <summary>A chain of certificates that somebody else gave for a key that stamps; the latest installed stands last.</summary>
    public static ItemKey StampChain(KeyId key, DateTimeOffset at) => new(StorePartition, $"{StampChains(key)}{Timestamp.Format(at)}");

    /// <summary>What the keys of a key's chains begin with.</summary>
    public static string StampChains(KeyId key) => $"STAMP#{key}#CHAIN#";

    public const string StorePartition = Partitions.Store + "KEYS";
}
