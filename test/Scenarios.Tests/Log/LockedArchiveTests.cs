using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
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
        using var s3 = Account();
        var bucket = bench.Host.Embedded.Outputs["LogBucketName"];
        var versions = (await s3.ListVersionsAsync(bucket)).Versions;
        var locked = versions
            .Where(version =>
                version.Key.StartsWith(LogArchive.Prefix, StringComparison.Ordinal) || version.Key is "tile/0/000" or "tile/entries/000"
            )
            .ToList();
        Assert.Equal(2, locked.Count(version => version.Key.StartsWith("tile/", StringComparison.Ordinal)));
        Assert.Contains(locked, version => version.Key.StartsWith(LogArchive.Prefix, StringComparison.Ordinal));
        foreach (var version in locked)
        {
            var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.DeleteObjectAsync(bucket, version.Key, version.VersionId));
            Assert.Equal(HttpStatusCode.Forbidden, refusal.StatusCode);
        }
    }

    /// <summary>What a court has put a hold on stays past its date, even from who may pass by the lock, until the hold is lifted.</summary>
    [Fact]
    public async Task Delete_ArchiveUnderALegalHold_IsRefusedUntilTheHoldIsLifted()
    {
        // The sequencer needs the newest one.
        await new Sequencer(bench.Steps()).EnterAsync(bench.NewTokens(3), default);
        await new Sequencer(bench.Steps()).EnterAsync(bench.NewTokens(3), default);
        using var s3 = Account();
        var bucket = bench.Host.Embedded.Outputs["LogBucketName"];
        var archive = (await s3.ListVersionsAsync(bucket, LogArchive.Prefix)).Versions[0];
        Task<PutObjectLegalHoldResponse> HoldAsync(ObjectLockLegalHoldStatus status) =>
            s3.PutObjectLegalHoldAsync(
                new()
                {
                    BucketName = bucket,
                    Key = archive.Key,
                    VersionId = archive.VersionId,
                    LegalHold = new() { Status = status },
                }
            );
        Task<DeleteObjectResponse> DeleteAsync() =>
            s3.DeleteObjectAsync(
                new DeleteObjectRequest
                {
                    BucketName = bucket,
                    Key = archive.Key,
                    VersionId = archive.VersionId,
                    BypassGovernanceRetention = true,
                }
            );

        await HoldAsync(ObjectLockLegalHoldStatus.On);
        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(DeleteAsync);
        Assert.Equal(HttpStatusCode.Forbidden, refusal.StatusCode);
        await HoldAsync(ObjectLockLegalHoldStatus.Off);
        await DeleteAsync();
    }

    private AmazonS3Client Account()
    {
        var (id, secret) = bench.Host.Embedded.RootCredentials;
        return new(
            new BasicAWSCredentials(id, secret),
            new AmazonS3Config
            {
                ServiceURL = bench.Host.Embedded.AwsUrl,
                AuthenticationRegion = "us-east-1",
                ForcePathStyle = true,
                HttpClientFactory = new HostHttpClientFactory(bench.Host.Embedded),
            }
        );
    }
}
