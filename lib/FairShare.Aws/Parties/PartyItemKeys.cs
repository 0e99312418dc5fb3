using FairShare.Aws.Table;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Parties;

/// <summary>The keys of parties' keys, of nonces, of senders and of addresses.</summary>
internal static class PartyItemKeys
{
    public static ItemKey PartyKey(PartyId party, KeyId key) => new(PartyPartition(party), "KEY#" + key);

    /// <summary>The record of a key's retirement, which the key's own item does not have: it is written once.</summary>
    public static ItemKey Retirement(PartyId party, KeyId key) => new(PartyPartition(party), $"KEY#{key}{Retired}");

    /// <summary>What the sort keys of retirements end with.</summary>
    public const string Retired = "#RETIRED";

    /// <summary>Whose a key is, of all parties'.</summary>
    public static ItemKey KeyOwner(KeyId key) => new(Partitions.KeyOwner + key, "OWNER");

    /// <summary>How many keys the store holds for a party, and the one that is being made.</summary>
    public static ItemKey HeldKeys(PartyId party) => new(Partitions.HeldKeys + party, "HELD");

    public static ItemKey Nonce(Nonce nonce) => new(Partitions.KeyNonce + nonce, "NONCE");

    public static ItemKey SenderNonce(Nonce nonce) => new(Partitions.SenderNonce + nonce, "NONCE");

    /// <summary>The one party of a sender that can have but one.</summary>
    public static ItemKey OnlySender(string sender) => new(Partitions.Sender + sender, "ONLY");

    public static ItemKey Sender(string senderId, PartyId party) => new(Partitions.Sender + senderId, party.ToString());

    /// <summary>The party that an address is looked up as.</summary>
    public static ItemKey LookupAddress(Sha256Digest address) => new(Partitions.Lookup + address, "ADDRESS");

    /// <summary>The address by which a party is looked up.</summary>
    public static ItemKey LookupParty(PartyId party) => new(Partitions.Lookup + party, "PARTY");

    public static string PartyPartition(PartyId party) => Partitions.Party + party;
}
