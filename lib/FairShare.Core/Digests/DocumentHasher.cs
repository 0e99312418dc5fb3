using System.Security.Cryptography;
using FairShare.Core.Errors;

namespace FairShare.Core.Digests;

/// <summary>Computes a document's digest from its bytes in order, in chunks of any size; memory is bounded by the part digests.</summary>
public sealed class DocumentHasher : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<Sha256Digest> partDigests = [];
    private readonly long? partSize;
    private long inPart;
    private DocumentDigest? finished;

    /// <summary>Starts a digest.</summary>
    /// <param name="partSize">Null for <c>sha-256</c>; bytes of a part, 5 MiB..5 GiB, for <c>sha-256-parts</c>.</param>
    /// <exception cref="ProtocolException"><c>invalid-part-size</c>.</exception>
    public DocumentHasher(long? partSize = null) => this.partSize = partSize is { } size ? DigestLimits.RequirePartSize(size) : null;

    /// <summary>Bytes appended so far.</summary>
    public long Length { get; private set; }

    /// <summary>
    /// Digests of the parts completed so far, in order; all of them after <see cref="Finish"/>. Empty for <c>sha-256</c>.
    /// </summary>
    public IReadOnlyList<Sha256Digest> PartDigests => partDigests;

    /// <summary>Appends the next bytes.</summary>
    /// <exception cref="ProtocolException"><c>document-too-large</c>: more than the method can carry.</exception>
    /// <exception cref="InvalidOperationException">The digest is finished.</exception>
    public void Append(ReadOnlySpan<byte> data)
    {
        if (finished is not null)
        {
            throw new InvalidOperationException("The digest is finished.");
        }

        if (data.Length > DigestLimits.Largest(partSize) - Length)
        {
            DigestLimits.RequireFits(Length + data.Length, partSize);
        }

        Length += data.Length;
        while (partSize is { } size && data.Length >= size - inPart)
        {
            var rest = (int)(size - inPart);
            hash.AppendData(data[..rest]);
            data = data[rest..];
            EndPart();
        }

        hash.AppendData(data);
        inPart += data.Length;
    }

    /// <summary>The digest of everything appended; a repeated call gives the same.</summary>
    /// <exception cref="ProtocolException"><c>empty-document</c>: nothing was appended.</exception>
    public DocumentDigest Finish()
    {
        DigestLimits.RequireFits(Length, partSize);
        return finished ??= partSize is { } size ? FinishParts(size) : DocumentDigest.Whole(Take());
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private DocumentDigest FinishParts(long size)
    {
        if (inPart > 0)
        {
            EndPart();
        }

        foreach (var part in partDigests)
        {
            hash.AppendData(part.ToBytes());
        }

        return DocumentDigest.OfParts(Take(), size);
    }

    private void EndPart()
    {
        partDigests.Add(Take());
        inPart = 0;
    }

    private Sha256Digest Take()
    {
        Span<byte> value = stackalloc byte[Sha256Digest.ByteLength];
        hash.GetHashAndReset(value);
        return Sha256Digest.FromBytes(value);
    }
}
