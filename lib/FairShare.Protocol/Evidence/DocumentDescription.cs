using FairShare.Protocol.Digests;
using FairShare.Protocol.Errors;
using FairShare.Protocol.Identifiers;

namespace FairShare.Protocol.Evidence;

/// <summary>The document as evidence describes it (<c>doc</c>; UserContentInfo of ETSI EN 319 522).</summary>
public sealed record DocumentDescription
{
    /// <summary>Describes a stored document.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="version">The S3 version that holds its bytes.</param>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its media type.</param>
    /// <param name="size">Bytes, 1 or more, within what <paramref name="digest"/>'s method can carry.</param>
    /// <param name="digest">Its digest.</param>
    /// <exception cref="ProtocolException"><c>empty-document</c>, <c>document-too-large</c>.</exception>
    public DocumentDescription(DocumentId id, ObjectVersion version, DocumentName name, MediaType type, long size, DocumentDigest digest)
    {
        digest.RequireFits(size);
        (Id, Version, Name, Type, Size, Digest) = (id, version, name, type, size, digest);
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

    /// <summary>Its digest.</summary>
    public DocumentDigest Digest { get; }
}
