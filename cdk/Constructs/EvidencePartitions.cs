namespace FairShare.Cdk.Constructs;

/// <summary>
/// The partitions of the evidence table by kind, as patterns of <c>dynamodb:LeadingKeys</c>; docs/evidence-table.md has their items.
/// </summary>
public static class EvidencePartitions
{
    public const string Party = "PARTY#*";
    public const string KeyOwner = "KEY#*";
    public const string HeldKeys = "HELD#*";
    public const string KeyNonce = "NONCE#*";
    public const string SenderNonce = "SENDERNONCE#*";
    public const string Sender = "SENDER#*";
    public const string Document = "DOCUMENT#*";
    public const string Deposit = "DEPOSIT#*";
    public const string Listing = "LISTING#*";
    public const string Exchange = "EXCHANGE#*";
    public const string Usage = "USAGE#*";
    public const string Store = "STORE#*";

    /// <summary>What proves something, or proves it verifiable: written once, and then never again, by whomever.</summary>
    public static IReadOnlyList<string> WrittenOnce { get; } = [Deposit, Exchange, Store, KeyOwner];

    /// <summary>Everything that an auditor reads.</summary>
    public static IReadOnlyList<string> Audited { get; } = [Party, KeyOwner, Document, Deposit, Exchange, Store];

    /// <summary>Every attribute that an auditor may ask for: all there are but <c>taskToken</c>, which ends an open exchange.</summary>
    public static IReadOnlyList<string> AuditedAttributes { get; } =
    [
        "pk",
        "sk",
        "aborted",
        "acquisitions",
        "audience",
        "challenge",
        "cmkId",
        "digest",
        "digestMethod",
        "disclose",
        "documentId",
        "downloader",
        "endedAt",
        "gate",
        "holder",
        "jwk",
        "listedAt",
        "listing",
        "mediaType",
        "name",
        "nonce",
        "notAfter",
        "notBefore",
        "openedAt",
        "origin",
        "partSize",
        "party",
        "receipt",
        "record",
        "recordedAt",
        "refusal",
        "registeredAt",
        "release",
        "retiredAt",
        "retirement",
        "retiringAt",
        "size",
        "state",
        "uploadDue",
        "uploadId",
        "uploader",
        "withdrawnAt",
    ];
}
