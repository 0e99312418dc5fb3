using FairShare.Aws.Table;
using FairShare.Core.Identifiers;
using FairShare.Vault.Derivation;
using FairShare.Vault.Tokens;

namespace FairShare.Aws.Vault;

/// <summary>The keys of the vault's items.</summary>
internal static class VaultItemKeys
{
    public static ItemKey Item(VaultItemId id) => new(PartitionOf(id), "ITEM");

    public static ItemKey Body(VaultItemId id) => new(PartitionOf(id), "BODY");

    /// <summary>What TTL removes when something must be looked after: the table's stream tells of it.</summary>
    public static ItemKey Timer(VaultItemId id) => new(PartitionOf(id), EndingKeys.Timer);

    public static ItemKey Ticket(VaultItemId id, VaultTicket ticket) => new(PartitionOf(id), EndingKeys.TicketPrefix + ticket.Tag);

    public static ItemKey Quota(PartyId party) => new(VaultPartitions.Party + party, "QUOTA");

    public static ItemKey Budget(string day) => new(VaultPartitions.Anonymous + day, "QUOTA");

    public static string PartitionOf(VaultItemId id) => VaultPartitions.Item + id;
}
