using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Exchange;

/// <summary>The keys of documents, exchanges and what belongs to them.</summary>
internal static class ExchangeItemKeys
{
    public const string GatePrefix = "GATE#";

    public static ItemKey Document(DocumentId document) => new(DocumentPartition(document), "DOCUMENT");

    public static ItemKey Deposit(DocumentId document) => new(DepositPartition(document), "DEPOSIT");

    public static ItemKey Gate(DocumentId document, string gate) => new(DocumentPartition(document), GatePrefix + gate);

    public static ItemKey Withdrawal(DocumentId document) => new(DepositPartition(document), "WITHDRAWAL");

    public static ItemKey Exchange(ExchangeId exchange) => new(ExchangePartition(exchange), "EXCHANGE");

    public static ItemKey Ending(ExchangeId exchange) => new(ExchangePartition(exchange), "ENDING");

    public static ItemKey Listing(DocumentId document, string reader) => new(ListingPartition(document), "READER#" + reader);

    public static string ListingPartition(DocumentId document) => Partitions.Listing + document;

    public static string DocumentPartition(DocumentId document) => Partitions.Document + document;

    /// <summary>What is written once of a document: policies know it by this partition.</summary>
    public static string DepositPartition(DocumentId document) => Partitions.Deposit + document;

    public static string ExchangePartition(ExchangeId exchange) => Partitions.Exchange + exchange;
}
