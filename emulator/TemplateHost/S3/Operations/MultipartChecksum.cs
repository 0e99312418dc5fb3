using TemplateHost.Kernel;
using TemplateHost.S3.Checksums;
using TemplateHost.S3.Model;
using TemplateHost.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>The checksum of an object in parts: of its parts' checksums, or of all its octets.</summary>
internal sealed class MultipartChecksum(BlobFolder blobs)
{
    public async Task<Checksum?> ComputeAsync(MultipartUpload upload, List<ObjectPart> parts, CancellationToken cancellationToken)
    {
        if (upload.Algorithm is null)
        {
            return null;
        }

        using var hash = ChecksumAlgorithm.Named(upload.Algorithm).Create();
        if (upload.ChecksumType == Checksum.Composite)
        {
            parts.ForEach(part => hash.Append(Convert.FromBase64String(part.Checksum!)));
            return new Checksum(upload.Algorithm, $"{Convert.ToBase64String(hash.Finish())}-{parts.Count}", Checksum.Composite);
        }

        foreach (var part in parts)
        {
            await AppendAsync(hash, part, cancellationToken);
        }

        return new Checksum(upload.Algorithm, Convert.ToBase64String(hash.Finish()), Checksum.FullObject);
    }

    /// <exception cref="AwsException">BadDigest: the completion claims another checksum of the whole.</exception>
    public static void DemandClaimed(AwsRequest request, Checksum? computed)
    {
        if (computed is null || request.Header(ChecksumAlgorithm.Named(computed.Algorithm).Header) is not { } claimed)
        {
            return;
        }

        if (claimed != computed.Value && claimed != computed.Value.Split('-')[0])
        {
            throw new AwsException("BadDigest", $"The {computed.Algorithm} you specified did not match the calculated checksum.");
        }
    }

    private async Task AppendAsync(IRollingHash hash, ObjectPart part, CancellationToken cancellationToken)
    {
        await using var file = blobs.Open(part.Blob);
        var buffer = new byte[BlobFolder.Block];
        int read;
        while ((read = await file.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.Append(buffer.AsSpan(0, read));
        }
    }
}
