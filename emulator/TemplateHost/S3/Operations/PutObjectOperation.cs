using TemplateHost.Kernel;
using TemplateHost.S3.Checksums;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>PutObject: the octets are on disk, and their claims checked, before the key shows them.</summary>
internal sealed class PutObjectOperation(
    HostContext context,
    BucketAccess access,
    ObjectWriter writer,
    BlobReceiver receiver,
    LockAccess locks
)
{
    private const int LongestKey = 1024;

    public async Task<AwsResponse> RunAsync(S3Call call, CancellationToken cancellationToken)
    {
        var bucket = access.Demand(call, "PutObject");
        DemandKey(call.Key);
        var headers = ObjectHeaders.Read(call.Request);
        var (tags, retention) = (TaggingOperations.OfUpload(call.Request), locks.OfUpload(bucket, call));
        var blob = await receiver.ReceiveAsync(call.Request, ChecksumAlgorithm.Named("CRC64NVME"), cancellationToken);
        var version = writer.NewVersion(bucket, call.Key, blob, headers) with { Tags = tags, Lock = retention };
        await writer.KeepAsync(version, call.Request);
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
}
