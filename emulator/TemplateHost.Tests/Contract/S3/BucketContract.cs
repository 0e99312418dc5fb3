using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract.S3;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html, API_CopyObject.html and API_DeleteObjects.html.
/// </summary>
[DisplayName("S3")]
public sealed class BucketContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Bucket_MadeAndDeleted_ComesAndGoes(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                Assert.Contains(
                    S3Calls.Bucket,
                    (await s3.CallAsync("s3", "ListBuckets", []))["Buckets"]!.AsArray().Select(bucket => bucket!["Name"]!.ToString())
                );
                await s3.PutObjectAsync("k", [1]);
                Assert.Equal("BucketNotEmpty", (await s3.S3Async("DeleteBucket", [])).Code);
                await s3.S3Async("DeleteObject", new() { ["Key"] = "k" });
                Assert.Null((await s3.S3Async("DeleteBucket", [])).Code);
                Assert.Equal("404", (await s3.S3Async("HeadBucket", [])).Code);
                Assert.Equal("InvalidBucketName", (await s3.CallAsync("s3", "CreateBucket", new() { ["Bucket"] = "Not_A_Name" })).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task List_WithADelimiter_RollsUp(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await PutAllAsync(s3, "a/1", "a/2", "b", "c/1", "c/d/2");
                var all = await s3.S3Async("ListObjectsV2", new() { ["Delimiter"] = "/" });
                Assert.Equal(("b", "a/ c/"), (Keys(all), Prefixes(all)));
                var inside = await s3.S3Async("ListObjectsV2", new() { ["Delimiter"] = "/", ["Prefix"] = "c/" });
                Assert.Equal(("c/1", "c/d/"), (Keys(inside), Prefixes(inside)));
            }
        );

    [Theory, OnEachTarget]
    public Task List_PageByPage_CountsPrefixesToo(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await PutAllAsync(s3, "a/1", "a/2", "b", "c/1", "d");
                var first = await s3.S3Async("ListObjectsV2", new() { ["Delimiter"] = "/", ["MaxKeys"] = 2 });
                Assert.Equal(
                    ("b", "a/", "true", "2"),
                    (Keys(first), Prefixes(first), first.Text("IsTruncated").ToLowerInvariant(), first.Text("KeyCount"))
                );
                var second = await s3.S3Async(
                    "ListObjectsV2",
                    new()
                    {
                        ["Delimiter"] = "/",
                        ["MaxKeys"] = 2,
                        ["ContinuationToken"] = first.Text("NextContinuationToken"),
                    }
                );
                Assert.Equal(("d", "c/", "false"), (Keys(second), Prefixes(second), second.Text("IsTruncated").ToLowerInvariant()));
                Assert.Equal("c/1 d", Keys(await s3.S3Async("ListObjectsV2", new() { ["StartAfter"] = "b" })));
            }
        );

    [Theory, OnEachTarget]
    public Task List_ByTheOldOperation_GoesOnAtTheMarker(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await PutAllAsync(s3, "a", "b", "c");
                Assert.Equal("b c", Keys(await s3.S3Async("ListObjects", new() { ["Marker"] = "a" })));
            }
        );

    [Theory, OnEachTarget]
    public Task Deletes_Together_AnswerEach(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await PutAllAsync(s3, "a", "b", "c");
                var objects = new JsonArray(
                    new JsonObject { ["Key"] = "a" },
                    new JsonObject { ["Key"] = "b" },
                    new JsonObject { ["Key"] = "none" }
                );
                var deleted = await s3.S3Async("DeleteObjects", new() { ["Delete"] = new JsonObject { ["Objects"] = objects } });
                Assert.Equal(["a", "b", "none"], deleted["Deleted"]!.AsArray().Select(entry => entry!["Key"]!.ToString()).Order());
                Assert.Equal("c", Keys(await s3.S3Async("ListObjectsV2", [])));
            }
        );

    [Theory, OnEachTarget]
    public Task Copy_OfAnObject_TakesItsMetadataOrNew(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                await s3.PutObjectAsync(
                    "a b",
                    [1, 2],
                    new()
                    {
                        ["ContentType"] = "text/plain",
                        ["Metadata"] = new JsonObject { ["kind"] = "old" },
                        ["Tagging"] = "t=1",
                    }
                );
                var copied = await CopyAsync(s3, "k", "a b");
                Assert.NotNull(copied["CopyObjectResult"]!["ETag"]);
                var kept = await s3.GetObjectAsync("k");
                Assert.Equal(("text/plain", "old"), (kept.Text("ContentType"), kept["Metadata"]!["kind"]!.ToString()));
                Assert.Equal([1, 2], kept.Octets());
                await CopyAsync(
                    s3,
                    "l",
                    "k",
                    new()
                    {
                        ["MetadataDirective"] = "REPLACE",
                        ["Metadata"] = new JsonObject { ["kind"] = "new" },
                    }
                );
                Assert.Equal("new", (await s3.GetObjectAsync("l"))["Metadata"]!["kind"]!.ToString());
            }
        );

    [Theory, OnEachTarget]
    public Task Copy_ThatCannotBe_IsRefused(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                await s3.PutObjectAsync("k", [1]);
                Assert.Equal("NoSuchKey", (await CopyAsync(s3, "l", "none")).Code);
                Assert.Equal("InvalidRequest", (await CopyAsync(s3, "k", "k")).Code);
                Assert.Equal(
                    "PreconditionFailed",
                    (await CopyAsync(s3, "l", "k", new() { ["CopySourceIfMatch"] = "\"00000000000000000000000000000000\"" })).Code
                );
                Assert.Equal("NoSuchKey", (await s3.GetObjectAsync("l")).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Copy_OfAnOldVersion_BringsItBack(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync(versioned: true);
                var first = (await s3.PutObjectAsync("k", [1])).Text("VersionId");
                await s3.PutObjectAsync("k", [2]);
                var copied = await CopyAsync(s3, "k", $"k?versionId={first}");
                Assert.Null(copied.Code);
                Assert.Equal([1], (await s3.GetObjectAsync("k")).Octets());
            }
        );

    [Theory, OnEachTarget]
    public Task Policy_PutAndDeleted_IsShown(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                Assert.True(await HasNoPolicyAsync(s3));
                const string Policy = """
                    {"Version":"2012-10-17","Statement":[{"Sid":"mine","Effect":"Deny","Principal":"*","Action":"s3:DeleteObject",
                      "Resource":"arn:aws:s3:::contract-bucket/*"}]}
                    """;
                await s3.S3Async("PutBucketPolicy", new() { ["Policy"] = Policy });
                Assert.Equal(
                    "mine",
                    JsonNode.Parse((await s3.S3Async("GetBucketPolicy", [])).Text("Policy"))!["Statement"]![0]!["Sid"]!.ToString()
                );
                await s3.S3Async("DeleteBucketPolicy", []);
                Assert.True(await HasNoPolicyAsync(s3));
            }
        );

    [Theory, OnEachTarget]
    public Task AccessLists_OfAnEnforcedOwner_AreReadAndNotChanged(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                await s3.PutObjectAsync("k", [1]);
                Assert.Equal(
                    "FULL_CONTROL",
                    Assert.Single((await s3.S3Async("GetBucketAcl", []))["Grants"]!.AsArray())!["Permission"]!.ToString()
                );
                Assert.Equal("AccessControlListNotSupported", (await s3.S3Async("PutBucketAcl", new() { ["ACL"] = "public-read" })).Code);
                Assert.Equal(
                    "FULL_CONTROL",
                    Assert.Single((await s3.S3Async("GetObjectAcl", new() { ["Key"] = "k" }))["Grants"]!.AsArray())![
                        "Permission"
                    ]!.ToString()
                );
                Assert.Equal(
                    "AccessControlListNotSupported",
                    (await s3.S3Async("PutObjectAcl", new() { ["Key"] = "k", ["ACL"] = "public-read" })).Code
                );
            }
        );

    /// <summary>The SDK for .NET shows no error here, and no policy.</summary>
    private static async Task<bool> HasNoPolicyAsync(IContractTarget s3) =>
        await s3.S3Async("GetBucketPolicy", []) is { } answer
        && (answer.Code == "NoSuchBucketPolicy" || answer["Policy"]?.ToString().StartsWith('{') != true);

    private static async Task PutAllAsync(IContractTarget s3, params string[] keys)
    {
        await s3.CreateBucketAsync();
        foreach (var key in keys)
        {
            await s3.PutObjectAsync(key, [1]);
        }
    }

    private static Task<ContractAnswer> CopyAsync(IContractTarget s3, string key, string source, JsonObject? more = null)
    {
        var input = more ?? [];
        (input["Key"], input["CopySource"]) = (key, $"{S3Calls.Bucket}/{source}");
        return s3.S3Async("CopyObject", input);
    }

    private static string Keys(ContractAnswer answer) =>
        string.Join(' ', (answer["Contents"]?.AsArray() ?? []).Select(item => item!["Key"]!.ToString()));

    private static string Prefixes(ContractAnswer answer) =>
        string.Join(' ', (answer["CommonPrefixes"]?.AsArray() ?? []).Select(item => item!["Prefix"]!.ToString()));
}
