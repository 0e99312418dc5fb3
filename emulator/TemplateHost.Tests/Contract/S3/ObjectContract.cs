using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract.S3;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html and API_GetObject.html.</summary>
[DisplayName("S3")]
public sealed class ObjectContract(ContractTargets targets) : ServiceContract(targets)
{
    private static readonly byte[] Digits = "0123456789"u8.ToArray();

    [Theory, OnEachTarget]
    public Task Object_WithMetadata_ComesBack(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                var put = await s3.PutObjectAsync(
                    "a/b c",
                    Digits,
                    new()
                    {
                        ["ContentType"] = "text/plain",
                        ["Metadata"] = new JsonObject { ["kind"] = "digits" },
                    }
                );
                var got = await s3.GetObjectAsync("a/b c");
                Assert.Equal(Digits, got.Octets());
                Assert.Equal(
                    ("text/plain", put.Text("ETag"), "digits", "10"),
                    (got.Text("ContentType"), got.Text("ETag"), got["Metadata"]!["kind"]!.ToString(), got.Text("ContentLength"))
                );
                var head = await s3.S3Async("HeadObject", new() { ["Key"] = "a/b c" });
                Assert.Equal(
                    ("10", put.Text("ETag"), "text/plain"),
                    (head.Text("ContentLength"), head.Text("ETag"), head.Text("ContentType"))
                );
            }
        );

    [Theory, OnEachTarget]
    public Task ETag_OfOnePut_IsTheMd5(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
#pragma warning disable CA5351 // An entity tag is MD5 by definition.
                Assert.Equal($"\"{Convert.ToHexStringLower(MD5.HashData(Digits))}\"", (await s3.PutObjectAsync("k", Digits)).Text("ETag"));
#pragma warning restore CA5351
            }
        );

    [Theory, OnEachTarget]
    public Task Ranges_OfEachForm_AreSent(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                await s3.PutObjectAsync("k", Digits);
                foreach (
                    var (range, content, text) in ((string, string, string)[])
                        [
                            ("bytes=3-5", "bytes 3-5/10", "345"),
                            ("bytes=8-", "bytes 8-9/10", "89"),
                            ("bytes=-2", "bytes 8-9/10", "89"),
                            ("bytes=8-100", "bytes 8-9/10", "89"),
                        ]
                )
                {
                    var got = await s3.GetObjectAsync("k", new() { ["Range"] = range });
                    Assert.Equal(
                        (range, content, text),
                        (range, got.Text("ContentRange"), System.Text.Encoding.ASCII.GetString(got.Octets()))
                    );
                }

                Assert.Equal("InvalidRange", (await s3.GetObjectAsync("k", new() { ["Range"] = "bytes=10-" })).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Missing_ObjectsAndBuckets_HaveTheirCodes(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                Assert.Equal(
                    ("NoSuchKey", "The specified key does not exist."),
                    (await s3.GetObjectAsync("none") is var missing ? missing.Code : "", missing.Message)
                );
                Assert.Equal("404", (await s3.S3Async("HeadObject", new() { ["Key"] = "none" })).Code);
                Assert.Equal(
                    "NoSuchBucket",
                    (await s3.CallAsync("s3", "GetObject", new() { ["Bucket"] = "no-such-bucket", ["Key"] = "k" })).Code
                );
                Assert.Equal("NoSuchBucket", (await s3.CallAsync("s3", "ListObjectsV2", new() { ["Bucket"] = "no-such-bucket" })).Code);
                // To delete what is not there succeeds.
                Assert.Null((await s3.S3Async("DeleteObject", new() { ["Key"] = "none" })).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Reads_WithConditions_AnswerByThem(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                var tag = (await s3.PutObjectAsync("k", Digits)).Text("ETag");
                Assert.Null((await s3.GetObjectAsync("k", new() { ["IfMatch"] = tag })).Code);
                Assert.Equal("PreconditionFailed", (await s3.GetObjectAsync("k", new() { ["IfMatch"] = "\"other\"" })).Code);
                Assert.Equal("304", (await s3.GetObjectAsync("k", new() { ["IfNoneMatch"] = tag })).Code);
                Assert.Null((await s3.GetObjectAsync("k", new() { ["IfNoneMatch"] = "\"other\"" })).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Put_IfNoneMatchAny_MakesOnlyOne(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                Assert.Null((await s3.PutObjectAsync("k", [1], new() { ["IfNoneMatch"] = "*" })).Code);
                Assert.Equal("PreconditionFailed", (await s3.PutObjectAsync("k", [2], new() { ["IfNoneMatch"] = "*" })).Code);
                Assert.Equal([1], (await s3.GetObjectAsync("k")).Octets());
            }
        );

    [Theory, OnEachTarget]
    public Task Put_IfMatch_ReplacesOnlyThat(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                var tag = (await s3.PutObjectAsync("k", [1])).Text("ETag");
                Assert.Equal(
                    "PreconditionFailed",
                    (await s3.PutObjectAsync("k", [2], new() { ["IfMatch"] = "\"00000000000000000000000000000000\"" })).Code
                );
                Assert.Null((await s3.PutObjectAsync("k", [3], new() { ["IfMatch"] = tag })).Code);
                Assert.Equal("NoSuchKey", (await s3.PutObjectAsync("none", [3], new() { ["IfMatch"] = tag })).Code);
                Assert.Equal([3], (await s3.GetObjectAsync("k")).Octets());
            }
        );

    [Theory, OnEachTarget]
    public Task Checksums_OfEachAlgorithm_AreKeptAndShown(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                // The check values of "123456789", as the algorithms' catalogues give them; CRC64NVME from the NVM Express specification.
                var body = "123456789"u8.ToArray();
                (string Name, string Value)[] known =
                [
                    ("SHA256", Convert.ToBase64String(SHA256.HashData(body))),
                    ("CRC32", Base64("CBF43926")),
                    ("CRC32C", Base64("E3069283")),
                    ("CRC64NVME", Base64("AE8B14860A799888")),
                ];
                foreach (var (name, value) in known)
                {
                    var put = await s3.PutObjectAsync(name, body, new() { [$"Checksum{name}"] = value });
                    Assert.Equal((name, value), (name, put.Text($"Checksum{name}")));
                    var head = await s3.S3Async("HeadObject", new() { ["Key"] = name, ["ChecksumMode"] = "ENABLED" });
                    Assert.Equal((name, value, "FULL_OBJECT"), (name, head.Text($"Checksum{name}"), head.Text("ChecksumType")));
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Checksum_OfOtherOctets_IsRefusedAndKeepsNothing(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                Assert.Equal(
                    "BadDigest",
                    (await s3.PutObjectAsync("k", [1, 2], new() { ["ChecksumSHA256"] = Convert.ToBase64String(SHA256.HashData([1])) })).Code
                );
                Assert.Equal("NoSuchKey", (await s3.GetObjectAsync("k")).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Attributes_Asked_AreShown(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                await s3.PutObjectAsync("k", Digits);
                var shown = await s3.S3Async(
                    "GetObjectAttributes",
                    new() { ["Key"] = "k", ["ObjectAttributes"] = new JsonArray("ETag", "ObjectSize", "StorageClass") }
                );
                Assert.Equal(("10", "STANDARD"), (shown.Text("ObjectSize"), shown.Text("StorageClass")));
                Assert.DoesNotContain('"', shown.Text("ETag"));
                Assert.Equal(
                    "NoSuchKey",
                    (await s3.S3Async("GetObjectAttributes", new() { ["Key"] = "none", ["ObjectAttributes"] = new JsonArray("ETag") })).Code
                );
            }
        );

    [Theory, OnEachTarget]
    public Task PresignedUrl_OfAKey_ReadsThatKeyOnly(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                await s3.PutObjectAsync("k", Digits);
                await s3.PutObjectAsync("l", Digits);
                var url = await s3.PresignAsync(S3Calls.Bucket, "k");
                using var http = new HttpClient();
                Assert.Equal(Digits, await http.GetByteArrayAsync(url));
                using var wrong = await http.GetAsync(new Uri(url.ToString().Replace("/k?", "/l?", StringComparison.Ordinal)));
                Assert.Equal(403, (int)wrong.StatusCode);
                Assert.Contains("<Code>SignatureDoesNotMatch</Code>", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        );

    [Theory, OnEachTarget]
    public Task Tags_PutReadAndDeleted_AreThoseOfTheObject(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                await s3.PutObjectAsync("k", Digits, new() { ["Tagging"] = "a=1&b=2" });
                Assert.Equal("a=1 b=2", await TagsAsync(s3));
                await s3.S3Async(
                    "PutObjectTagging",
                    new()
                    {
                        ["Key"] = "k",
                        ["Tagging"] = new JsonObject { ["TagSet"] = new JsonArray(Tag("c", "3")) },
                    }
                );
                Assert.Equal("c=3", await TagsAsync(s3));
                var twice = await s3.S3Async(
                    "PutObjectTagging",
                    new()
                    {
                        ["Key"] = "k",
                        ["Tagging"] = new JsonObject { ["TagSet"] = new JsonArray(Tag("c", "3"), Tag("c", "4")) },
                    }
                );
                Assert.Equal("InvalidTag", twice.Code);
                await s3.S3Async("DeleteObjectTagging", new() { ["Key"] = "k" });
                Assert.Equal("", await TagsAsync(s3));
            }
        );

    private static async Task<string> TagsAsync(IContractTarget s3) =>
        string.Join(
            ' ',
            ((await s3.S3Async("GetObjectTagging", new() { ["Key"] = "k" }))["TagSet"]?.AsArray() ?? [])
                .Select(tag => $"{tag!["Key"]}={tag["Value"]}")
                .Order()
        );

    private static JsonObject Tag(string key, string value) => new() { ["Key"] = key, ["Value"] = value };

    private static string Base64(string hexadecimal) => Convert.ToBase64String(Convert.FromHexString(hexadecimal));
}
