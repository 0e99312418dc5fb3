using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract.S3;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html.</summary>
[DisplayName("S3")]
public sealed class MultipartContract(ContractTargets targets) : ServiceContract(targets)
{
    private static readonly byte[] Large = new byte[5 << 20];

    [Theory, OnEachTarget]
    public Task Parts_Completed_AreOneObject(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                var upload = await s3.CreateUploadAsync("k");
                var parts = new[] { await s3.UploadPartAsync("k", upload, 1, Large), await s3.UploadPartAsync("k", upload, 3, [7]) };
                var listed = await s3.S3Async("ListParts", new() { ["Key"] = "k", ["UploadId"] = upload });
                Assert.Equal(["1", "3"], listed["Parts"]!.AsArray().Select(part => part!["PartNumber"]!.ToString()));
                Assert.EndsWith("-2\"", (await s3.CompleteAsync("k", upload, parts)).Text("ETag"), StringComparison.Ordinal);
                var got = await s3.GetObjectAsync("k", new() { ["Range"] = $"bytes={Large.Length}-" });
                Assert.Equal([7], got.Octets());
                Assert.Equal("NoSuchUpload", (await s3.S3Async("ListParts", new() { ["Key"] = "k", ["UploadId"] = upload })).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Checksums_OfParts_MakeACompositeOne(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                var upload = await s3.CreateUploadAsync("k", new() { ["ChecksumAlgorithm"] = "SHA256" });
                var (parts, digests) = (new List<JsonObject>(), new List<byte>());
                foreach (var (number, body) in ((int, byte[])[])[(1, Large), (2, [7])])
                {
                    var digest = SHA256.HashData(body);
                    var sent = await s3.S3Async(
                        "UploadPart",
                        new()
                        {
                            ["Key"] = "k",
                            ["UploadId"] = upload,
                            ["PartNumber"] = number,
                            ["Body"] = Convert.ToBase64String(body),
                            ["ChecksumSHA256"] = Convert.ToBase64String(digest),
                        }
                    );
                    parts.Add(
                        new()
                        {
                            ["PartNumber"] = number,
                            ["ETag"] = sent.Text("ETag"),
                            ["ChecksumSHA256"] = Convert.ToBase64String(digest),
                        }
                    );
                    digests.AddRange(digest);
                }

                var done = await s3.CompleteAsync("k", upload, [.. parts]);
                Assert.Equal(Convert.ToBase64String(SHA256.HashData(digests.ToArray())) + "-2", done.Text("ChecksumSHA256"));
            }
        );

    [Theory, OnEachTarget]
    public Task Part_TooSmall_IsRefused(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                var upload = await s3.CreateUploadAsync("k");
                var parts = new[] { await s3.UploadPartAsync("k", upload, 1, [1]), await s3.UploadPartAsync("k", upload, 2, [2]) };
                Assert.Equal("EntityTooSmall", (await s3.CompleteAsync("k", upload, parts)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Parts_NamedTwice_AreOutOfOrder(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                var upload = await s3.CreateUploadAsync("k");
                // The SDK for .NET sorts the parts, but sends each.
                var part = await s3.UploadPartAsync("k", upload, 1, Large);
                Assert.Equal("InvalidPartOrder", (await s3.CompleteAsync("k", upload, part, part)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Part_NeverUploadedOrWithAnotherTag_IsRefused(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                var upload = await s3.CreateUploadAsync("k");
                var part = await s3.UploadPartAsync("k", upload, 1, [1]);
                Assert.Equal(
                    "InvalidPart",
                    (await s3.CompleteAsync("k", upload, new JsonObject { ["PartNumber"] = 2, ["ETag"] = part["ETag"]!.ToString() })).Code
                );
                Assert.Equal(
                    "InvalidPart",
                    (
                        await s3.CompleteAsync(
                            "k",
                            upload,
                            new JsonObject { ["PartNumber"] = 1, ["ETag"] = "\"00000000000000000000000000000000\"" }
                        )
                    ).Code
                );
                Assert.Null((await s3.CompleteAsync("k", upload, part)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Upload_Aborted_IsGone(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                var upload = await s3.CreateUploadAsync("k");
                Assert.Equal(
                    upload,
                    Assert.Single((await s3.S3Async("ListMultipartUploads", []))["Uploads"]!.AsArray())!["UploadId"]!.ToString()
                );
                await s3.S3Async("AbortMultipartUpload", new() { ["Key"] = "k", ["UploadId"] = upload });
                Assert.Equal(
                    "NoSuchUpload",
                    (
                        await s3.S3Async(
                            "UploadPart",
                            new()
                            {
                                ["Key"] = "k",
                                ["UploadId"] = upload,
                                ["PartNumber"] = 1,
                                ["Body"] = "AQ==",
                            }
                        )
                    ).Code
                );
                Assert.Equal(
                    "NoSuchUpload",
                    (await s3.S3Async("AbortMultipartUpload", new() { ["Key"] = "k", ["UploadId"] = "none" })).Code
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Uploads_ListedWithADelimiter_RollUpPageByPage(string on) =>
        HoldAsync(
            on,
            async s3 =>
            {
                await s3.CreateBucketAsync();
                foreach (var key in new[] { "a/1", "a/2", "b", "c/1", "d" })
                {
                    await s3.CreateUploadAsync(key);
                }

                var (seen, next) = (new List<string>(), new JsonObject());
                while (true)
                {
                    next["Delimiter"] = "/";
                    next["MaxUploads"] = 2;
                    var page = await s3.S3Async("ListMultipartUploads", next);
                    var shown = (page["Uploads"] as JsonArray ?? []).Select(upload => upload!["Key"]!.ToString()).ToList();
                    shown.AddRange(
                        (page["CommonPrefixes"] as JsonArray ?? []).Select(common =>
                            (common as JsonObject)?["Prefix"]?.ToString() ?? $"{common}"
                        )
                    );
                    Assert.InRange(shown.Count, 1, 2);
                    seen.AddRange(shown.Order(StringComparer.Ordinal));
                    if (page["IsTruncated"]?.ToString() != "true")
                    {
                        break;
                    }

                    next = new JsonObject { ["KeyMarker"] = page.Text("NextKeyMarker") };
                    if (page["NextUploadIdMarker"]?.ToString() is { Length: > 0 } id)
                    {
                        next["UploadIdMarker"] = id;
                    }
                }

                Assert.Equal(["a/", "b", "c/", "d"], seen);
            }
        );
}
