using Amazon.S3;
using FairShare.Testing;

namespace FairShare.Simulation.Judging;

/// <summary>Looks into the vault's bucket past the application, with the administrator's rights.</summary>
internal sealed class StoredObjects(TestHost host) : IDisposable
{
    private readonly AmazonS3Client client = new(
        host.Owner(),
        host.Configure(new AmazonS3Config { ForcePathStyle = true, MaxErrorRetry = 0 })
    );

    /// <summary>Whether any object belongs to an item.</summary>
    public async Task<bool> AreThereAsync(string item) =>
        ((await client.ListObjectsV2Async(new() { BucketName = host.Embedded.Outputs["VaultBucketName"] })).S3Objects ?? []).Exists(
            stored => stored.Key.EndsWith($"/{item}", StringComparison.Ordinal)
        );

    public void Dispose() => client.Dispose();
}
