using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Exchange.Evidence;

/// <summary>The document as evidence describes it (<c>doc</c>; UserContentInfo of ETSI EN 319 522); equal by value.</summary>
public sealed record DocumentDescription
{
    /// <summary>Describes a stored document with its digest.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="version">The S3 version that holds its bytes.</param>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its media type.</param>
    /// <param name="size">Bytes, 1 or more, within what <paramref name="digest"/>'s method can carry.</param>
    /// <param name="digest">Its digest.</param>
    /// <exception cref="ProtocolException"><c>empty-document</c>, <c>document-too-large</c>.</exception>
    public DocumentDescription(DocumentId id, ObjectVersion version, DocumentName name, MediaType type, long size, DocumentDigest digest)
        : this(id, version, name, type, size, digest.Form, digest, null) { }

    internal DocumentDescription(
        DocumentId id,
        ObjectVersion version,
        DocumentName name,
        MediaType type,
        long size,
        DigestForm form,
        DocumentDigest? digest,
        DocumentCommitment? commitment
    )
    {
        form.RequireFits(size);
        (Id, Version, Name, Type, Size, Form, Digest, Commitment) = (id, version, name, type, size, form, digest, commitment);
    }

    /// <summary>The document's id.</summary>
    public DocumentId Id { get; }

    /// <summary>The S3 version that holds its bytes.</summary>
    public ObjectVersion Version { get; }

    /// <summary>Its name.</summary>
    public DocumentName Name { get; }

    /// <summary>Its media type.</summary>
    public MediaType Type { get; }

    /// <summary>Its size in bytes.</summary>
    public long Size { get; }

    /// <summary>How it is digested.</summary>
    public DigestForm Form { get; }

    /// <summary>Its digest; null where only a commitment is stated.</summary>
    public DocumentDigest? Digest { get; private init; }

    /// <summary>The commitment to its digest; null where the digest alone is stated.</summary>
    public DocumentCommitment? Commitment { get; private init; }

    /// <summary>The digest, which the evidence of origin and all evidence of policy 1 state.</summary>
    /// <exception cref="InvalidOperationException">Only a commitment is stated here.</exception>
    public DocumentDigest RequireDigest() =>
        Digest ?? throw new InvalidOperationException("This evidence commits to a digest and does not state it.");

    /// <summary>The same document as tokens other than the evidence of origin describe it under policy 2.</summary>
    /// <param name="salt">The salt of the evidence of origin.</param>
    /// <param name="disclosesDigest">Whether the digest is stated beside the commitment.</param>
    /// <exception cref="InvalidOperationException">The digest is not stated here.</exception>
    public DocumentDescription Commit(DocumentSalt salt, bool disclosesDigest)
    {
        var digest = RequireDigest();
        return this with { Digest = disclosesDigest ? digest : null, Commitment = salt.Commit(digest.Value) };
    }
}
