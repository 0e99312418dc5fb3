using FairShare.Aws.Table;

namespace FairShare.Cdk.Constructs.Evidence;

/// <summary>Which partitions of the evidence table prove something, and which attributes an auditor may see.</summary>
public static class EvidencePartitions
{
    /// <summary>What proves something, or proves it verifiable: written once, and then never again, by whomever.</summary>
    public static IReadOnlyList<string> WrittenOnce { get; } =
    [Partitions.Deposit, Partitions.Exchange, Partitions.Store, Partitions.KeyOwner, Partitions.Log, Partitions.Stamp];

    /// <summary>Everything that an auditor reads.</summary>
    public static IReadOnlyList<string> Audited { get; } =
    [
        Partitions.Party,
        Partitions.KeyOwner,
        Partitions.Document,
        Partitions.Deposit,
        Partitions.Exchange,
        Partitions.Store,
        Partitions.Log,
        Partitions.LogHead,
        Partitions.Stamp,
    ];

    /// <summary>Every attribute that an auditor may ask for: all there are but <c>taskToken</c>, which ends an open exchange.</summary>
    public static IReadOnlyList<string> AuditedAttributes { get; } =
    [
        "pk",
        "sk",
        "aborted",
        "acceptance",
        "acquisitions",
        "archiveKey",
        "audience",
        "certificate",
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
        "index",
        "jwk",
        "kind",
        "leafCount",
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
        "publishedCount",
        "receipt",
        "record",
        "recordedAt",
        "refusal",
        "registeredAt",
        "release",
        "retiredAt",
        "retirement",
        "retirementRecord",
        "retiringAt",
        "rootHash",
        "size",
        "stamp",
        "stampCertificate",
        "stampChain",
        "state",
        "stateOn",
        "succession",
        "uploadDue",
        "uploadId",
        "uploader",
        "verifierKey",
        "withdrawnAt",
    ];
}
