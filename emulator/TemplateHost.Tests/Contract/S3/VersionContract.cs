using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract.S3;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html and object-lock.html.</summary>
[DisplayName("S3")]
public sealed class VersionContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Versions_WithADeleteMarker_AreListedNewestFirst(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync(versioned: true);
                var first = (await s3.PutObjectAsync("k", [1])).Text("VersionId");
                var second = (await s3.PutObjectAsync("k", [2])).Text("VersionId");
                var marker = await s3.S3Async("DeleteObject", new() { ["Key"] = "k" });
                var listed = await s3.S3Async("ListObjectVersions", []);
                Assert.Equal([second, first], listed["Versions"]!.AsArray().Select(version => version!["VersionId"]!.ToString()));
                Assert.Equal(
                    (marker.Text("VersionId"), "true"),
                    (listed["DeleteMarkers"]![0]!["VersionId"]!.ToString(), listed["DeleteMarkers"]![0]!["IsLatest"]!.ToString())
                );
                Assert.Equal([1], (await s3.GetObjectAsync("k", new() { ["VersionId"] = first })).Octets());
            }
        );

    [Theory, OnEachTarget]
    public Task DeleteMarker_HidesTheObjectUntilItGoes(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync(versioned: true);
                await s3.PutObjectAsync("k", [1]);
                var marker = (await s3.S3Async("DeleteObject", new() { ["Key"] = "k" })).Text("VersionId");
                Assert.Equal("NoSuchKey", (await s3.GetObjectAsync("k")).Code);
                Assert.Equal("MethodNotAllowed", (await s3.GetObjectAsync("k", new() { ["VersionId"] = marker })).Code);
                var gone = await s3.S3Async("DeleteObject", new() { ["Key"] = "k", ["VersionId"] = marker });
                Assert.Equal(("true", marker), (gone.Text("DeleteMarker").ToLowerInvariant(), gone.Text("VersionId")));
                Assert.Equal([1], (await s3.GetObjectAsync("k")).Octets());
            }
        );

    [Theory, OnEachTarget]
    public Task Version_Deleted_UncoversTheOneBefore(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync(versioned: true);
                await s3.PutObjectAsync("k", [1]);
                var second = (await s3.PutObjectAsync("k", [2])).Text("VersionId");
                await s3.S3Async("DeleteObject", new() { ["Key"] = "k", ["VersionId"] = second });
                Assert.Equal([1], (await s3.GetObjectAsync("k")).Octets());
                Assert.Equal("NoSuchVersion", (await s3.GetObjectAsync("k", new() { ["VersionId"] = second })).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Governance_KeepsAVersionFromAllButTheBypass(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync(locked: true);
                var version = await RetainedAsync(s3, "GOVERNANCE");
                Assert.Equal("AccessDenied", (await DeleteAsync(s3, version)).Code);
                Assert.Equal("AccessDenied", (await RetainAsync(s3, "GOVERNANCE", 1, bypass: false)).Code);
                Assert.Null((await RetainAsync(s3, "GOVERNANCE", 20, bypass: false)).Code);
                Assert.Null((await RetainAsync(s3, "GOVERNANCE", 1, bypass: true)).Code);
                Assert.Null((await DeleteAsync(s3, version, bypass: true)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Compliance_KeepsAVersionFromEverybody(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync(locked: true);
                var version = await RetainedAsync(s3, "COMPLIANCE");
                Assert.Equal("AccessDenied", (await DeleteAsync(s3, version, bypass: true)).Code);
                Assert.Equal("AccessDenied", (await RetainAsync(s3, "COMPLIANCE", 1, bypass: true)).Code);
                Assert.Equal("AccessDenied", (await RetainAsync(s3, "GOVERNANCE", 20, bypass: true)).Code);
                Assert.Equal(
                    "COMPLIANCE",
                    (await s3.S3Async("GetObjectRetention", new() { ["Key"] = "k" }))["Retention"]!["Mode"]!.ToString()
                );
                // A delete marker removes nothing.
                Assert.Null((await s3.S3Async("DeleteObject", new() { ["Key"] = "k" })).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task LegalHold_KeepsAVersionUntilItIsOff(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync(locked: true);
                var version = (await s3.PutObjectAsync("k", [1], new() { ["ObjectLockLegalHoldStatus"] = "ON" })).Text("VersionId");
                Assert.Equal("AccessDenied", (await DeleteAsync(s3, version, bypass: true)).Code);
                Assert.Equal("ON", (await s3.S3Async("GetObjectLegalHold", new() { ["Key"] = "k" }))["LegalHold"]!["Status"]!.ToString());
                await s3.S3Async(
                    "PutObjectLegalHold",
                    new()
                    {
                        ["Key"] = "k",
                        ["LegalHold"] = new JsonObject { ["Status"] = "OFF" },
                    }
                );
                Assert.Null((await DeleteAsync(s3, version)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Lock_OfABucketWithout_IsRefused(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                await s3.PutObjectAsync("k", [1]);
                Assert.Equal("InvalidRequest", (await s3.S3Async("GetObjectRetention", new() { ["Key"] = "k" })).Code);
                Assert.Equal("ObjectLockConfigurationNotFoundError", (await s3.S3Async("GetObjectLockConfiguration", [])).Code);
                var retained = await s3.PutObjectAsync(
                    "l",
                    [1],
                    new() { ["ObjectLockMode"] = "COMPLIANCE", ["ObjectLockRetainUntilDate"] = In(10) }
                );
                Assert.Equal("InvalidRequest", retained.Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Default_OfABucket_RetainsNewVersions(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync(locked: true);
                var rule = new JsonObject
                {
                    ["DefaultRetention"] = new JsonObject { ["Mode"] = "GOVERNANCE", ["Days"] = 3 },
                };
                await s3.S3Async(
                    "PutObjectLockConfiguration",
                    new()
                    {
                        ["ObjectLockConfiguration"] = new JsonObject { ["ObjectLockEnabled"] = "Enabled", ["Rule"] = rule },
                    }
                );
                await s3.PutObjectAsync("k", [1]);
                var head = await s3.S3Async("HeadObject", new() { ["Key"] = "k" });
                Assert.Equal("GOVERNANCE", head.Text("ObjectLockMode"));
                var until = DateTimeOffset.Parse(
                    head.Text("ObjectLockRetainUntilDate"),
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal
                );
                Assert.InRange(until - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(2.9), TimeSpan.FromDays(3.1));
            }
        );

    private static async Task<string> RetainedAsync(IContractTarget s3, string mode) =>
        (await s3.PutObjectAsync("k", [1], new() { ["ObjectLockMode"] = mode, ["ObjectLockRetainUntilDate"] = In(10) })).Text("VersionId");

    private static Task<ContractAnswer> RetainAsync(IContractTarget s3, string mode, int days, bool bypass) =>
        s3.S3Async(
            "PutObjectRetention",
            new()
            {
                ["Key"] = "k",
                ["BypassGovernanceRetention"] = bypass,
                ["Retention"] = new JsonObject { ["Mode"] = mode, ["RetainUntilDate"] = In(days) },
            }
        );

    private static Task<ContractAnswer> DeleteAsync(IContractTarget s3, string version, bool bypass = false) =>
        s3.S3Async(
            "DeleteObject",
            new()
            {
                ["Key"] = "k",
                ["VersionId"] = version,
                ["BypassGovernanceRetention"] = bypass,
            }
        );

    private static string In(int days) =>
        TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
