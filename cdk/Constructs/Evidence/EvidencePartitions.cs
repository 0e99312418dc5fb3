using FairShare.Aws.Table;

namespace FairShare.Cdk.Constructs.Evidence;

/// <summary>Which partitions of the evidence table prove something, and which attributes an auditor may see.</summary>
public static class EvidencePartitions
{
    /// <summary>What proves something, or proves it verifiable: written once, and then never again, by whomever.</summary>
    public static IReadOnlyList<string> WrittenOnce { get; } =
    [Partitions.Deposit, Partitions.Exchange, Partitions.Store, Partitions.KeyOwner];

    /// <summary>Everything that an auditor reads.</summary>
    public static IReadOnlyList<string> Audited { get; } =
    [Partitions.Party, Partitions.KeyOwner, Partitions.Document, Partitions.Deposit, Partitions.Exchange, Partitions.Store];

    /// <summary>Every attribute that an auditor may ask for: all there are but <c>taskToken</c>, which ends an open exchange.</summary>
    public static IReadOnlyList<string> AuditedAttributes { get; } =
    [
        "pk",
        "sk",
        "aborted",
        "acquisitions",
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
        "retirementRecord",
        "retiringAt",
        "size",
        "state",
        "stateOn",
        "uploadDue",
        "uploadId",
        "uploader",
        "withdrawnAt",
    ];
}
