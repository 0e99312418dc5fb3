using Amazon.S3;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>Reads the vault's bucket past the application, with the administrator's rights.</summary>
internal sealed class VaultObjects : IDisposable
{
    private readonly string bucket;
    private readonly AmazonS3Client client;

    public VaultObjects(TestHost host)
    {
        bucket = host.Embedded.Outputs["VaultBucketName"];
        client = new AmazonS3Client(host.Owner(), host.Configure(new AmazonS3Config { ForcePathStyle = true }));
    }

    public async Task<IReadOnlyList<string>> KeysAsync() =>
        [.. ((await client.ListObjectsV2Async(new() { BucketName = bucket })).S3Objects ?? []).Select(stored => stored.Key)];

    /// <summary>All bytes of an object.</summary>
    public async Task<byte[]> ReadAsync(string key)
    {
        using var answer = await client.GetObjectAsync(bucket, key);
        var bytes = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public void Dispose() => client.Dispose();
}
