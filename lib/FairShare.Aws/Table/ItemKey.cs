using Amazon.DynamoDBv2.Model;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Table;

/// <summary>The primary key of an item; every form of it that exists is made here.</summary>
internal readonly record struct ItemKey(string Partition, string Sort)
{
    public const string GatePrefix = "GATE#";
    public const string StartedPrefix = "EXCHANGE#";

    public static ItemKey Document(DocumentId document) => new(DocumentPartition(document), "DOCUMENT");

    public static ItemKey Deposit(DocumentId document) => new(DepositPartition(document), "DEPOSIT");

    public static ItemKey Gate(DocumentId document, string gate) => new(DocumentPartition(document), GatePrefix + gate);

    public static ItemKey Withdrawal(DocumentId document) => new(DepositPartition(document), "WITHDRAWAL");

    public static ItemKey Exchange(ExchangeId exchange) => new(ExchangePartition(exchange), "EXCHANGE");

    public static ItemKey Ending(ExchangeId exchange) => new(ExchangePartition(exchange), "ENDING");

    public static ItemKey PartyKey(PartyId party, KeyId key) => new(PartyPartition(party), "KEY#" + key);

    /// <summary>Whose a key is, of all parties'.</summary>
    public static ItemKey KeyOwner(KeyId key) => new(Partitions.KeyOwner + key, "OWNER");

    /// <summary>How many keys the store holds for a party, and the one that is being made.</summary>
    public static ItemKey HeldKeys(PartyId party) => new(Partitions.HeldKeys + party, "HELD");

    public static ItemKey StoreKey(KeyId key) => new(StorePartition, "KEY#" + key);

    public static ItemKey Nonce(Nonce nonce) => new(Partitions.KeyNonce + nonce, "NONCE");

    public static ItemKey SenderNonce(Nonce nonce) => new(Partitions.SenderNonce + nonce, "NONCE");

    /// <summary>The one party of a sender that can have but one.</summary>
    public static ItemKey OnlySender(string sender) => new(Partitions.Sender + sender, "ONLY");

    public static ItemKey Sender(string senderId, PartyId party) => new(Partitions.Sender + senderId, party.ToString());

    public static ItemKey Usage(PartyId party) => new(UsagePartition(party), "USAGE");

    public static ItemKey StartedExchange(PartyId party, ExchangeId exchange) => new(UsagePartition(party), StartedPrefix + exchange);

    public static ExchangeId StartedIn(ItemKey key) => ExchangeId.Parse(key.Sort[StartedPrefix.Length..]);

    public static ItemKey Listing(DocumentId document, string reader) => new(ListingPartition(document), "READER#" + reader);

    public static string UsagePartition(PartyId party) => Partitions.Usage + party;

    public static string ListingPartition(DocumentId document) => Partitions.Listing + document;

    public const string StorePartition = Partitions.Store + "KEYS";

    public static string DocumentPartition(DocumentId document) => Partitions.Document + document;

    /// <summary>What is written once of a document: policies know it by this partition.</summary>
    public static string DepositPartition(DocumentId document) => Partitions.Deposit + document;

    public static string ExchangePartition(ExchangeId exchange) => Partitions.Exchange + exchange;

    public static string PartyPartition(PartyId party) => Partitions.Party + party;

    /// <summary>What stands behind the kind in the partition key, for example the exchange's id.</summary>
    public string PartitionId => Partition[(Partition.IndexOf('#', StringComparison.Ordinal) + 1)..];

    public Dictionary<string, AttributeValue> ToAttributes() =>
        new() { ["pk"] = new AttributeValue(Partition), ["sk"] = new AttributeValue(Sort) };
}
