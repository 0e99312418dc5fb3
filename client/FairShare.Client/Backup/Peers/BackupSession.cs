using FairShare.Client.Parties;
using FairShare.Client.Transfers;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Client.Backup.Peers;

/// <summary>What the operations on backups work with.</summary>
/// <param name="Owner">The owner's key.</param>
/// <param name="Peers">The peers that are noted.</param>
/// <param name="Transfers">A connection without a base address or default headers, and with no overall timeout.</param>
/// <param name="Time">The clock.</param>
/// <param name="Randomness">The source of secrets, ids and nonces.</param>
public sealed record BackupSession(LocalSigner Owner, PeerGroup Peers, HttpClient Transfers, TimeProvider Time, IRandomness Randomness)
{
    /// <summary>The keys of other owners, whose manifests are taken too; none by default.</summary>
    public IReadOnlyList<PublicKey> OtherOwners { get; init; } = [];

    /// <summary>The key of an owner; null for a key that is none's.</summary>
    internal PublicKey? KeyOfOwner(KeyId kid) => OtherOwners.Append(Owner.PublicKey).FirstOrDefault(key => key.Thumbprint == kid);

    internal ObjectStoreClient Store => new(Transfers, Time);

    internal DateTimeOffset Now => Timestamp.Truncate(Time.GetUtcNow());
}
