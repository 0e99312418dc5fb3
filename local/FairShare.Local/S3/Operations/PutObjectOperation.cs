using FairShare.Local.Gateway;
using FairShare.Local.Hosting;
using FairShare.Local.S3.Checksums;
using FairShare.Local.S3.Model;
using FairShare.Local.S3.Storage;

namespace FairShare.Local.S3.Operations;

/// <summary>PutObject: the octets are on disk, and their claims checked, before the key shows them.</summary>
internal sealed class PutObjectOperation(HostContext context, BucketAccess access, ObjectWriter writer, BlobReceiver receiver)
{
    private const int LongestKey = 1024;

    public async Task<AwsResponse> RunAsync(S3Call call, CancellationToken cancellationToken)
    {
        var bucket = access.Demand(call, "PutObject");
        DemandKey(call.Key);
        var headers = ObjectHeaders.Read(call.Request);
        var retainUntil = writer.RetainUntil(bucket, call.Request);
        var blob = await receiver.ReceiveAsync(call.Request, ChecksumAlgorithm.Named("CRC64NVME"), cancellationToken);
        var version = new ObjectVersion(
            bucket.Name,
            call.Key,
            writer.NewVersionId(bucket),
            IsDeleteMarker: false,
            context.Time.GetUtcNow(),
            blob.Size,
            blob.Md5,
            headers,
            blob.Checksum,
            [new ObjectPart(1, blob.Name, blob.Size, blob.Md5, blob.Checksum?.Value)],
            retainUntil);
        writer.DeleteBlobs(await KeepAsync(version, call.Request));
        context.Meter.Add("s3.put");
        var response = new AwsResponse();
        ObjectWriter.Describe(response, bucket, version);
        return response;
    }

    /// <exception cref="AwsException">KeyTooLongError.</exception>
    public static void DemandKey(string key)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(key) > LongestKey)
        {
            throw new AwsException("KeyTooLongError", "Your key is too long");
        }
    }

    private async Task<IReadOnlyList<string>> KeepAsync(ObjectVersion version, AwsRequest request)
    {
        try
        {
            return await context.Store.WriteAsync(session => ObjectWriter.Put(session, version, request));
        }
        catch
        {
            writer.DeleteBlobs(version.Parts.Select(part => part.Blob));
            throw;
        }
    }
}
