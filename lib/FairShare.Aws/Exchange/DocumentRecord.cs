using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Aws.Exchange;

/// <summary>A document as the store knows it, from the request to upload on (step 1).</summary>
public sealed record DocumentRecord
{
    /// <summary>The document's id, the seed's <c>fileId</c>.</summary>
    public required DocumentId Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required DocumentState State { get; init; }

    /// <summary>Who uploads it.</summary>
    public required PartyId Uploader { get; init; }

    /// <summary>Who may ask for it; empty for everybody.</summary>
    public required IReadOnlyList<PartyId> Audience { get; init; }

    /// <summary>Its name.</summary>
    public required DocumentName Name { get; init; }

    /// <summary>Its media type.</summary>
    public required MediaType MediaType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Its digest, as announced.</summary>
    public required DocumentDigest Digest { get; init; }

    /// <summary>Whether readers may know the digest before they give a receipt.</summary>
    public bool DisclosesDigest { get; init; }

    /// <summary>The nonce of step 2, which the evidence of origin must carry.</summary>
    public required Nonce Nonce { get; init; }

    /// <summary>When upload was requested.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Until when the evidence of origin is accepted.</summary>
    public required DateTimeOffset UploadDue { get; init; }

    /// <summary>The multipart upload, for documents in parts.</summary>
    public string? UploadId { get; init; }

    /// <summary>
    /// How many exchanges of it have completed; only <see cref="DocumentRepository.FindCountedAsync"/> counts all of them.
    /// </summary>
    public long Acquisitions { get; init; }

    /// <summary>The object's key in the bucket, the seed's <c>filePath</c>.</summary>
    public string ObjectKey => DocumentBucket.ObjectKeyOf(Id);

    /// <summary>Whether the party may ask for it.</summary>
    public bool IsFor(PartyId party) => Audience.Count == 0 || Audience.Contains(party);

    /// <summary>The document as evidence describes it, once its stored version is known.</summary>
    public DocumentDescription Describe(ObjectVersion version) => new(Id, version, Name, MediaType, Size, Digest);
}

/// <summary>The evidence under which a document was deposited (steps 3 and v).</summary>
/// <param name="Origin">The NRO.</param>
/// <param name="Receipt">The store's receipt of deposit.</param>
/// <param name="DepositedAt">When.</param>
public sealed record DepositRecord(EvidenceToken Origin, EvidenceToken Receipt, DateTimeOffset DepositedAt);

/// <summary>A document with what has been deposited of it.</summary>
/// <param name="Document">The document.</param>
/// <param name="Deposit">Its evidence, or null before step v.</param>
public sealed record StoredDocument(DocumentRecord Document, DepositRecord? Deposit);
