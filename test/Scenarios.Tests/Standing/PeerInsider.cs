using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Aws.Backup;
using FairShare.Backup.Records;
using TemplateHost.Hosting;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>Whoever runs a peer: has its seal sign what it never would, and changes its bucket behind its back.</summary>
/// <param name="host">The peer's host.</param>
internal sealed class PeerInsider(EmbeddedHost host)
{
    private BasicAWSCredentials Credentials => new(host.RootCredentials.AccessKeyId, host.RootCredentials.SecretAccessKey);

    /// <summary>How many requests of S3's dearer class the peer has made.</summary>
    public double Puts => host.MeterTotals.GetValueOrDefault("s3.put");

    /// <summary>A record with the peer's signature.</summary>
    public async Task<string> SealAsync(RecordKind kind, RecordMembers members)
    {
        var config = new AmazonKeyManagementServiceConfig { ServiceURL = host.AwsUrl, AuthenticationRegion = "us-east-1" };
        using var kms = new AmazonKeyManagementServiceClient(Credentials, config);
        return (await new PeerSeal(kms, host.Outputs["SealKeyArn"]).SignAsync(kind, members, CancellationToken.None)).Text;
    }

    /// <summary>Changes the body of a backup; to nothing deletes it.</summary>
    public async Task ReplaceBodyAsync(BackupId backup, Func<byte[], byte[]?> change)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = host.AwsUrl,
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
        };
        using var s3 = new AmazonS3Client(Credentials, config);
        var bucket = host.Outputs["BucketName"];
        var listed = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Prefix = $"b/{backup}/" });
        var body = listed.S3Objects.MaxBy(one => one.Size)!;
        using var found = await s3.GetObjectAsync(bucket, body.Key);
        using var content = new MemoryStream();
        await found.ResponseStream.CopyToAsync(content);
        if (change(content.ToArray()) is not { } bytes)
        {
            await s3.DeleteObjectAsync(bucket, body.Key);
            return;
        }

        using var changed = new MemoryStream(bytes);
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = body.Key,
                InputStream = changed,
            }
        );
    }
}
