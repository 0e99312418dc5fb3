using System.Text;
using Amazon.S3;
using FairShare.Core.Encoding;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>What has ended is gone: from the table, the bucket, and the files of the host.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("fairshare-vault").FullName;
    private readonly ShiftedTime time = new();
    private TestHost host = null!;
    private TestParty alice = null!;

    /// <summary>How an item ends, and what its state is called then.</summary>
    public static TheoryData<string, int> Endings
    {
        get
        {
            var endings = new TheoryData<string, int>();
            foreach (var ending in new[] { "Opened", "Done", "Deleted", "Expired" })
            {
                endings.Add(ending, 300);
                endings.Add(ending, 200_000);
            }

            return endings;
        }
    }

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(
            new()
            {
                Listen = false,
                DataDirectory = data,
                Time = time,
            }
        );
        alice = await TestParty.SignUpAsync(host, "alice");
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Item_Ended_LeavesNoByteOfItsObject(string ending, int length)
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Published functions go by the system's clock.");
        var item = await TestVaultItem.StoreAsync(alice, length, opens: 1, seconds: 7200);
        Assert.NotEmpty(await FindAsync(item));

        await EndAsync(item, ending);

        Assert.Equal(ending, await VaultWorld.WaitForEndAsync(item));
        await WaitUntilGoneAsync(item);
        Assert.Equal((0, 0), await QuotaAsync());
    }

    [Fact]
    public async Task Item_WithPartsNeverJoined_LeavesNone()
    {
        var item = await StartInPartsAsync();
        Assert.NotEmpty(await FindAsync(item));

        (await item.DeleteAsync()).Require(200);

        await WaitUntilGoneAsync(item);
    }

    [Fact]
    public async Task Item_UploadedAfterItsEnd_IsErasedOnceNoUploadCanCome()
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Published functions go by the system's clock.");
        var item = TestVaultItem.New(host);
        var upload = (await item.CreateAsync(alice)).Require(201)["upload"];
        (await item.DeleteAsync()).Require(200);
        await Task.Delay(1000);
        using (var late = await host.UploadAsync(upload, item.Content))
        {
            Assert.True(late.IsSuccessStatusCode);
        }

        Assert.NotEmpty(await FindAsync(item));
        time.Advance(TimeSpan.FromMinutes(62));
        await WaitUntilGoneAsync(item);
    }

    [Fact]
    public async Task Tombstone_After30Days_IsGone()
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Published functions go by the system's clock.");
        var item = await TestVaultItem.StoreAsync(alice);
        (await item.DeleteAsync()).Require(200);
        time.Advance(TimeSpan.FromDays(29));
        Assert.Equal("vault-item-gone", (await item.OpenAsync()).Code);

        time.Advance(TimeSpan.FromDays(1.1));
        for (var attempt = 0; attempt < 3000 && (await item.OpenAsync()).Status != 404; attempt++)
        {
            await Task.Delay(50);
        }

        Assert.Equal("vault-item-not-found", (await item.OpenAsync()).Code);
    }

    public async ValueTask DisposeAsync()
    {
        alice.Dispose();
        await host.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private async Task EndAsync(TestVaultItem item, string ending)
    {
        var ticket = item.NewTicket();
        switch (ending)
        {
            case "Opened":
                (await item.OpenAsync(ticket)).Require(200);
                time.Advance(TimeSpan.FromMinutes(65));
                break;
            case "Done":
                (await item.OpenAsync(ticket)).Require(200);
                (await item.DoneAsync(ticket)).Require(200);
                break;
            case "Deleted":
                (await item.DeleteAsync()).Require(200);
                break;
            default:
                time.Advance(TimeSpan.FromMinutes(121));
                break;
        }
    }

    private async Task<TestVaultItem> StartInPartsAsync()
    {
        var item = TestVaultItem.New(host, 200_000);
        var announcement = item.Announce();
        announcement.Remove("digest");
        (await item.CreateAsync(alice, announcement)).Require(201);
        var part = item.Digest();
        var parts = (
            await item.PartsAsync(
                new System.Text.Json.Nodes.JsonArray(
                    new System.Text.Json.Nodes.JsonObject
                    {
                        ["number"] = 1,
                        ["digest"] = part["value"]!.GetValue<string>(),
                        ["size"] = item.Content.Length,
                    }
                )
            )
        ).Require(200);
        using var stored = await host.UploadAsync(parts["parts"][0]!, item.Content);
        stored.EnsureSuccessStatusCode();
        return item;
    }

    private async Task<(int Bytes, int Items)> QuotaAsync()
    {
        await alice.SignInAgainAsync();
        var quota = (await alice.GetAsync("/vault/quota")).Require(200);
        return (quota["bytes"].GetValue<int>(), quota["items"].GetValue<int>());
    }

    private async Task WaitUntilGoneAsync(TestVaultItem item)
    {
        for (var attempt = 0; attempt < 600 && (await FindAsync(item)).Count > 0; attempt++)
        {
            await Task.Delay(50);
        }

        Assert.Empty(await FindAsync(item));
    }

    /// <summary>Where the object is still found while the host runs: in the bucket, in the table, in the host's files.</summary>
    private async Task<IReadOnlyList<string>> FindAsync(TestVaultItem item)
    {
        var (id, secret) = host.Embedded.RootCredentials;
        using var s3 = new AmazonS3Client(
            id,
            secret,
            new AmazonS3Config
            {
                ServiceURL = host.Embedded.AwsUrl,
                AuthenticationRegion = "us-east-1",
                ForcePathStyle = true,
                HttpClientFactory = new HostHttpClientFactory(host),
            }
        );
        var objects = await s3.ListObjectsV2Async(new() { BucketName = host.Embedded.Outputs["VaultBucketName"] });
        using var table = new FairShare.Testing.Oracle.TableReader(host, "VaultTableName");
        var bodies = (await table.ScanAsync()).Where(entry => entry["sk"].S == "BODY").Select(entry => entry["pk"].S);
        return
        [
            .. (objects.S3Objects ?? []).Select(stored => stored.Key).Where(key => key.EndsWith(item.Id, StringComparison.Ordinal)),
            .. bodies.Where(body => body.EndsWith(item.Id, StringComparison.Ordinal)),
            .. FindInFiles(item),
        ];
    }

    /// <summary>The files that have any of ten pieces of the object, as it is or as text.</summary>
    private List<string> FindInFiles(TestVaultItem item)
    {
        var step = item.Content.Length / 10 / 3 * 3;
        var needles = Enumerable
            .Range(0, 10)
            .Select(index => item.Content.AsSpan(index * step, 15).ToArray())
            .SelectMany(piece => new[] { piece, Encoding.ASCII.GetBytes(Base64UrlText.Encode(piece)) })
            .ToList();
        return
        [
            .. Directory
                .EnumerateFiles(data, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != "lock")
                .Where(file => Read(file) is var bytes && needles.Any(needle => bytes.AsSpan().IndexOf(needle) >= 0)),
        ];
    }

    private static byte[] Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (FileNotFoundException)
        {
            // Erased between the listing and the reading.
            return [];
        }
    }
}
