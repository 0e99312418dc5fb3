using System.Security.Cryptography;
using TemplateHost.Kernel;
using TemplateHost.S3.Checksums;
using TemplateHost.S3.Model;
using TemplateHost.Storage;

namespace TemplateHost.S3.Storage;

/// <summary>Copies the octets of a version into one new file; memory stays at one buffer.</summary>
internal sealed class BlobCopier(HostContext context)
{
    /// <param name="source">What to copy.</param>
    /// <param name="algorithm">The checksum to compute on the way.</param>
    /// <param name="cancellationToken">Ends the copy; nothing is kept.</param>
    public async Task<ReceivedBlob> CopyAsync(ObjectVersion source, ChecksumAlgorithm algorithm, CancellationToken cancellationToken)
    {
        var name = context.Random.Uuid();
        var file = context.Blobs.CreateTemporary(name);
        try
        {
            using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
            using var checksum = algorithm.Create();
            foreach (var part in source.Parts)
            {
                await using var octets = context.Blobs.Open(part.Blob);
                await AppendAsync(octets, file, md5, checksum, cancellationToken);
            }

            context.Blobs.Publish(file, name);
            return new ReceivedBlob(
                name,
                source.Size,
                Convert.ToHexStringLower(md5.GetHashAndReset()),
                new Checksum(algorithm.Name, Convert.ToBase64String(checksum.Finish()), Checksum.FullObject)
            );
        }
        catch
        {
            await BlobFolder.DiscardAsync(file);
            throw;
        }
    }

    private static async Task AppendAsync(
        FileStream from,
        FileStream to,
        IncrementalHash md5,
        IRollingHash checksum,
        CancellationToken cancellationToken
    )
    {
        var buffer = new byte[BlobFolder.Block];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            md5.AppendData(buffer, 0, read);
            checksum.Append(buffer.AsSpan(0, read));
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
