using System.Text.Json.Nodes;
using FairShare.Core.Digests;
using FairShare.Testing;
using FairShare.Testing.Oracle;
using Xunit;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>
/// The service and its host go down after each call of table and bucket within each step of an item's life. The client repeats the step:
/// it succeeds, and the item ends as if nothing had happened.
/// </summary>
public sealed class CrashTests : IDisposable
{
    private const int Size = 200_000;
    private const int PartSize = 8 << 20;
    private readonly string data = Directory.CreateTempSubdirectory("fairshare-vault").FullName;
    private CrashPoint crash = new();
    private TestHost host = null!;
    private TestParty alice = null!;

    /// <summary>How an item is stored, and the step within which everything goes down.</summary>
    public static TheoryData<string, string> Steps =>
        new()
        {
            { "inline", "create" },
            { "inline", "open" },
            { "inline", "done" },
            { "put", "create" },
            { "put", "upload" },
            { "put", "commit" },
            { "put", "open" },
            { "put", "done" },
            { "put", "delete" },
            { "parts", "parts" },
            { "parts", "upload" },
            { "parts", "commit" },
            { "parts", "done" },
        };

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Service_DownWithinAStep_LosesAndGainsNothing(string shape, string step)
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Faults are planned for the calls of handlers in this process.");
        await StartAsync();
        alice = await TestParty.SignUpAsync(host, "alice");
        var calls = 0;
        for (var struck = true; struck; calls++)
        {
            struck = await LiveAsync(new Life(shape, TestVaultItem.New(host, shape == "inline" ? 300 : Size)), step, calls);
        }

        // Nothing was struck in the last round, and something in each before.
        Assert.True(calls > 1, $"The step {step} calls neither table nor bucket.");
        await host.DisposeAsync();
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    /// <returns>Whether the crash came before the step was over.</returns>
    private async Task<bool> LiveAsync(Life life, string crashWithin, int calls)
    {
        var struck = false;
        foreach (var step in life.Steps(crashWithin == "delete"))
        {
            if (step == crashWithin)
            {
                struck = await CrashAsync(life, step, calls);
                await host.DisposeAsync();
                await StartAsync();
                alice = alice.On(host);
                life.Item.On(host);
            }

            await life.TakeAsync(step, alice);
        }

        Assert.Equal(crashWithin == "delete" ? "Deleted" : "Done", await VaultWorld.WaitForEndAsync(life.Item));
        var quota = (await alice.GetAsync("/vault/quota")).Require(200);
        Assert.Equal((0, 0), (quota["bytes"].GetValue<int>(), quota["items"].GetValue<int>()));
        await WaitUntilErasedAsync(life.Item);
        return struck;
    }

    private async Task<bool> CrashAsync(Life life, string step, int calls)
    {
        crash.Arm(calls);
        try
        {
            await life.TakeAsync(step, alice);
            if (step is "done" or "delete")
            {
                // What the stream brings about is part of the step.
                await WaitUntilErasedAsync(life.Item);
            }
        }
        catch (Exception fault) when (crash.HasStruck)
        {
            // What the client learns from a host that goes down is of no account; what it finds afterwards is.
            Assert.NotNull(fault);
        }

        return crash.HasStruck;
    }

    /// <summary>Waits until table and bucket have nothing of an item but its tombstone and its timer.</summary>
    private async Task WaitUntilErasedAsync(TestVaultItem item)
    {
        using var table = new TableReader(host, "VaultTableName");
        using var bucket = new VaultObjects(host);
        for (var attempt = 0; attempt < 12_000; attempt++)
        {
            var left = (await table.ScanAsync()).Where(entry => entry["pk"].S.EndsWith(item.Id, StringComparison.Ordinal)).ToList();
            if (
                left.All(entry => entry["sk"].S == "TIMER" || (entry["sk"].S == "ITEM" && !entry.ContainsKey("party")))
                && !(await bucket.KeysAsync()).Any(key => key.EndsWith(item.Id, StringComparison.Ordinal))
            )
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException("The item was not erased.");
    }

    private async Task StartAsync()
    {
        crash = new CrashPoint();
        host = await TestHost.StartAsync(
            new()
            {
                Listen = false,
                DataDirectory = data,
                Faults = crash.Plan,
                Called = crash.Count,
            },
            isJudged: false
        );
    }

    /// <summary>An item that may be opened once, and what its client has of it.</summary>
    private sealed class Life(string shape, TestVaultItem item)
    {
        private readonly string ticket = item.NewTicket();
        private Answer? created;
        private Answer? parts;

        public TestVaultItem Item => item;

        public IEnumerable<string> Steps(bool isDeleted) =>
            [
                "create",
                .. shape switch
                {
                    "inline" => Array.Empty<string>(),
                    "put" => ["upload", "commit"],
                    _ => ["parts", "upload", "commit"],
                },
                .. isDeleted ? new[] { "delete" } : ["open", "done"],
            ];

        /// <summary>Takes a step for the first time or again.</summary>
        public async Task TakeAsync(string step, TestParty party)
        {
            switch (step)
            {
                case "create":
                    created = (await item.CreateAsync(party, Announcement())).Require(201);
                    break;
                case "parts":
                    parts = (await item.PartsAsync(new JsonArray(Part()))).Require(200);
                    break;
                case "upload":
                    await UploadAsync(party);
                    break;
                case "commit":
                    (await item.CommitAsync(Commit())).Require(200);
                    break;
                case "open":
                    await OpenAsync();
                    break;
                case "done":
                    (await item.DoneAsync(ticket)).Require(200);
                    break;
                default:
                    Assert.Equal("Deleted", (await item.DeleteAsync()).Require(200).Text("state"));
                    break;
            }
        }

        private async Task UploadAsync(TestParty party)
        {
            if (shape == "parts")
            {
                parts = (await item.PartsAsync(new JsonArray(Part()))).Require(200);
                await JoinAsync(parts);
                return;
            }

            created = (await item.CreateAsync(party, Announcement())).Require(201);
            using var stored = await item.Host.UploadAsync(created["upload"], item.Content);
            // An object that is there already is not made twice; that it is the right one, the commit tells.
            Assert.Contains((int)stored.StatusCode, new[] { 200, 412 });
        }

        private async Task JoinAsync(Answer grant)
        {
            try
            {
                await TestMultipart.PutAndJoinAsync(item.Host, grant, [item.Content]);
            }
            catch (HttpRequestException known) when ((int?)known.StatusCode is 404 or 412)
            {
                // Joined already.
            }
        }

        /// <summary>Opens with one ticket as often as it takes: the open counts once, and nobody else has one.</summary>
        private async Task OpenAsync()
        {
            var opened = (await item.OpenAsync(ticket)).Require(200);
            Assert.Equal(item.Content, await item.FetchAsync(opened));
            Assert.Equal("vault-item-gone", (await item.OpenAsync()).Code);
            Assert.Equal(1, (await item.StatusAsync()).Require(200)["opens"].GetValue<int>());
        }

        private JsonObject Announcement()
        {
            var announcement = item.Announce(opens: 1, isInline: shape == "inline");
            if (shape == "parts")
            {
                announcement.Remove("digest");
            }

            return announcement;
        }

        private JsonObject Part() =>
            new()
            {
                ["number"] = 1,
                ["digest"] = Sha256Digest.Of(item.Content).ToString(),
                ["size"] = item.Content.Length,
            };

        /// <summary>By default, the digest of one PUT; what was joined, of one part too, has that of its parts.</summary>
        private JsonObject? Commit() =>
            shape == "put"
                ? null
                : new()
                {
                    ["size"] = item.Content.Length,
                    ["digest"] = new JsonObject
                    {
                        ["method"] = "sha-256-parts",
                        ["value"] = TestMultipart.DigestOf(item.Content, PartSize, item.Content.Length).Value.ToString(),
                        ["partSize"] = PartSize,
                    },
                };
    }
}
