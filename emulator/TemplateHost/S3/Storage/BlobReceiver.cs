using System.Security.Cryptography;
using TemplateHost.Kernel;
using TemplateHost.S3.Checksums;
using TemplateHost.Storage;

namespace TemplateHost.S3.Storage;

/// <summary>Streams an upload into a file, checking on the way everything that it claims of itself; memory stays at one buffer.</summary>
internal sealed class BlobReceiver(HostContext context)
{
    private const long LargestUpload = 5L << 30;

    /// <param name="algorithm">The checksum to compute where the upload claims none; null computes none.</param>
    /// <exception cref="AwsException">Another length, digest or checksum than claimed; nothing is kept.</exception>
    public async Task<ReceivedBlob> ReceiveAsync(AwsRequest request, ChecksumAlgorithm? algorithm, CancellationToken cancellationToken)
    {
        DemandLength(request);
        var claim = ChecksumClaim.Read(request);
        using var checksum = (claim?.Algorithm ?? algorithm)?.Create();
        var name = context.Random.Uuid();
        var file = context.Blobs.CreateTemporary(name);
        try
        {
            var (size, md5) = await CopyAsync(request, file, checksum, cancellationToken);
            DemandDigests(request, size, md5);
            var value = checksum?.Finish();
            claim?.Verify(value!, request.Trailers);
            context.Blobs.Publish(file, name);
            return new ReceivedBlob(
                name,
                size,
                Convert.ToHexStringLower(md5),
                value is null
                    ? null
                    : new Checksum((claim?.Algorithm ?? algorithm)!.Name, Convert.ToBase64String(value), Checksum.FullObject)
            );
        }
        catch
        {
            await BlobFolder.DiscardAsync(file);
            throw;
        }
    }

    private static async Task<(long Size, byte[] Md5)> CopyAsync(
        AwsRequest request,
        FileStream file,
        IRollingHash? checksum,
        CancellationToken cancellationToken
    )
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var buffer = new byte[Math.Clamp(request.ContentLength!.Value, 1, BlobFolder.Block)];
        long size = 0;
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            md5.AppendData(buffer, 0, read);
            checksum?.Append(buffer.AsSpan(0, read));
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            size += read;
        }

        return (size, md5.GetHashAndReset());
    }

    private static void DemandLength(AwsRequest request)
    {
        if (request.ContentLength is null)
        {
            throw new AwsException("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
        }

        if (request.ContentLength > LargestUpload)
        {
            throw new AwsException("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
        }
    }

    private static void DemandDigests(AwsRequest request, long size, byte[] md5)
    {
        if (size != request.ContentLength)
        {
            throw new AwsException("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header");
        }

        if (request.Header("Content-MD5") is { } claimed && claimed != Convert.ToBase64String(md5))
        {
            throw new AwsException("BadDigest", "The Content-MD5 you specified did not match what we received.");
        }
    }
}

/// <param name="Name">The file's name in the blob folder.</param>
/// <param name="Md5">In hexadecimal: S3's entity tag.</param>
internal sealed record ReceivedBlob(string Name, long Size, string Md5, Checksum? Checksum);
