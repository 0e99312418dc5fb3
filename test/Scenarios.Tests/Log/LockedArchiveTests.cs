using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using FairShare.Aws.Log;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Log;

public sealed class LockedArchiveTests(SequencerBench bench) : IClassFixture<SequencerBench>
{
    /// <summary>Not even the account's owner deletes what is complete before its time, unless it passes by the lock on purpose.</summary>
    [Fact]
    public async Task Delete_ArchiveOrFullTile_IsRefusedToTheAccount()
    {
        await new Sequencer(bench.Steps()).EnterAsync(bench.NewTokens(300), default);
        var (id, secret) = bench.Host.Embedded.RootCredentials;
        using var s3 = new AmazonS3Client(
            new BasicAWSCredentials(id, secret),
            new AmazonS3Config
            {
                ServiceURL = bench.Host.Embedded.AwsUrl,
                AuthenticationRegion = "us-east-1",
                ForcePathStyle = true,
                HttpClientFactory = new HostHttpClientFactory(bench.Host),
            }
        );
        var bucket = bench.Host.Embedded.Outputs["LogBucketName"];
        var versions = (await s3.ListVersionsAsync(bucket)).Versions;
        var locked = versions
            .Where(version =>
                version.Key.StartsWith(LogArchive.Prefix, StringComparison.Ordinal) || version.Key is "tile/0/000" or "tile/entries/000"
            )
            .ToList();
        Assert.Equal(3, locked.Count);
        foreach (var version in locked)
        {
            var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.DeleteObjectAsync(bucket, version.Key, version.VersionId));
            Assert.Equal(HttpStatusCode.Forbidden, refusal.StatusCode);
        }
    }
}
