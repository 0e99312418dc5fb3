using FairShare.Core.Digests;

namespace FairShare.Backup.Refresh;

/// <summary>
/// A peer's key for one refresh or one repair: what others send to it alone is sealed for this one. It is erased afterwards, so that who
/// reads the peer later, or has read it before, opens nothing of what went by.
/// </summary>
/// <param name="Peer">The index of the peer.</param>
/// <param name="Key">A compressed point.</param>
public sealed record EphemeralKey(int Peer, ReadOnlyMemory<byte> Key)
{
    /// <summary>What stands for a list of keys, in whatever order they come.</summary>
    public static Sha256Digest DigestOf(IEnumerable<EphemeralKey> keys) =>
        TranscriptDigest.Of(keys.OrderBy(key => key.Peer).Select(key => (byte[])[(byte)key.Peer, .. key.Key.Span]));
}
