namespace FairShare.Aws.Table;

/// <summary>The kinds of partition of the evidence table: what their keys begin with. docs/evidence-table.md has their items.</summary>
public static class Partitions
{
    /// <summary>A party's keys.</summary>
    public const string Party = "PARTY#";

    /// <summary>Whose a key is, of all parties'.</summary>
    public const string KeyOwner = "KEY#";

    /// <summary>How many keys the store holds for a party, and the one that is being made.</summary>
    public const string HeldKeys = "HELD#";

    /// <summary>Nonces for proofs of possession.</summary>
    public const string KeyNonce = "NONCE#";

    /// <summary>Nonces for the binding of senders.</summary>
    public const string SenderNonce = "SENDERNONCE#";

    /// <summary>Whom a sender of the queue speaks for.</summary>
    public const string Sender = "SENDER#";

    /// <summary>Addresses by which parties let themselves be looked up, and the parties that do.</summary>
    public const string Lookup = "LOOKUP#";

    /// <summary>Documents, with what counts their acquisitions.</summary>
    public const string Document = "DOCUMENT#";

    /// <summary>What is written once of a document: policies know it by this partition.</summary>
    public const string Deposit = "DEPOSIT#";

    /// <summary>Who may see a document in a list.</summary>
    public const string Listing = "LISTING#";

    /// <summary>Exchanges and their endings.</summary>
    public const string Exchange = "EXCHANGE#";

    /// <summary>Stamps that parties attached to their evidence.</summary>
    public const string Stamp = "STAMP#";

    /// <summary>What a party has used of its limits.</summary>
    public const string Usage = "USAGE#";

    /// <summary>Where a token stands in the log.</summary>
    public const string Log = "LOG#";

    /// <summary>How far the log has come: the one item of it that changes.</summary>
    public const string LogHead = "LOGHEAD#";

    /// <summary>The keys that the store sealed with.</summary>
    public const string Store = "STORE#";
}
