using FairShare.Testing;
using FairShare.Vault.Items;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>What has ended is gone: from the table, the bucket, and the files of the host.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("fairshare-vault").FullName;
    private readonly ShiftedTime time = new();
    private readonly FaultPlan faults = new(seed: 1);
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
                endings.Add(ending, 4000);
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
                Faults = faults,
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
        var search = new CiphertextSearch(data, item.Content);
        // What is in the table is in the table's rows alone; what is in the bucket is in no row at all.
        Assert.Equal(length > ItemSize.LargestInline ? [] : ["ddb_item"], search.LearnRows());
        Assert.NotEmpty(search.Find());
        Assert.NotEmpty(await FindAsync(item, search));

        await EndAsync(item, ending);

        Assert.Equal(ending, await VaultWorld.WaitForEndAsync(item));
        await WaitUntilGoneAsync(item, search);
        Assert.Empty(search.LearnRows());
        Assert.Equal((0, 0), await QuotaAsync());
    }

    [Fact]
    public async Task Item_WithPartsNeverJoined_LeavesNone()
    {
        var item = await StartInPartsAsync();
        var search = new CiphertextSearch(data, item.Content);
        Assert.NotEmpty(search.Find());

        (await item.DeleteAsync()).Require(200);

        await WaitUntilGoneAsync(item, search);
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

        var search = new CiphertextSearch(data, item.Content);
        Assert.NotEmpty(search.Find());
        time.Advance(TimeSpan.FromMinutes(62));
        await WaitUntilGoneAsync(item, search);
    }

    [Fact]
    public async Task Item_WhoseErasureFails_IsErasedOnceItSucceeds()
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Faults are planned for the calls of handlers in this process.");
        // More than one invocation tries before it gives up.
        const int Tries = 12;
        var item = await TestVaultItem.StoreAsync(alice);
        var search = new CiphertextSearch(data, item.Content);
        faults.Rules = [new FaultRule(FaultKind.InternalError, 1, "s3", "DELETE")];
        (await item.DeleteAsync()).Require(200);
        for (var attempt = 0; attempt < 6000 && faults.Injected.GetValueOrDefault(FaultKind.InternalError) < Tries; attempt++)
        {
            await Task.Delay(50);
        }

        Assert.InRange(faults.Injected.GetValueOrDefault(FaultKind.InternalError), Tries, int.MaxValue);
        Assert.NotEmpty(search.Find());
        faults.Rules = [];

        await WaitUntilGoneAsync(item, search);
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
        for (var attempt = 0; attempt < 12_000 && (await item.OpenAsync()).Status != 404; attempt++)
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

    private async Task WaitUntilGoneAsync(TestVaultItem item, CiphertextSearch search)
    {
        for (var attempt = 0; attempt < 12_000 && (await FindAsync(item, search)).Count > 0; attempt++)
        {
            await Task.Delay(50);
        }

        Assert.Empty(await FindAsync(item, search));
    }

    /// <summary>Where the object is still found while the host runs: in the bucket, in the table, in the host's files.</summary>
    private async Task<IReadOnlyList<string>> FindAsync(TestVaultItem item, CiphertextSearch search)
    {
        using var bucket = new VaultObjects(host);
        using var table = new FairShare.Testing.Oracle.TableReader(host, "VaultTableName");
        var bodies = (await table.ScanAsync()).Where(entry => entry["sk"].S == "BODY").Select(entry => entry["pk"].S);
        return
        [
            .. (await bucket.KeysAsync()).Where(key => key.EndsWith(item.Id, StringComparison.Ordinal)),
            .. bodies.Where(body => body.EndsWith(item.Id, StringComparison.Ordinal)),
            .. search.Find(),
        ];
    }
}
