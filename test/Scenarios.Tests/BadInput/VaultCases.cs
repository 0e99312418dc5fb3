using System.Text.Json.Nodes;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.BadInput;

/// <summary>Items of the vault that cannot be stored, opened or changed so.</summary>
internal static class VaultCases
{
    private const string Tag = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    public static IEnumerable<BadInputCase> All =>
        [
            New("an item under a malformed id", (world, item) => item.CreateAsync(world.Alice, With(item, "id", "short"))),
            New("an item with a malformed verifier", (world, item) => item.CreateAsync(world.Alice, With(item, "verifier", "short"))),
            New("an item with a malformed owner's tag", (world, item) => item.CreateAsync(world.Alice, With(item, "ownerTag", "short"))),
            New("an item of 0 bytes", (world, item) => item.CreateAsync(world.Alice, With(item, "size", 0))),
            New("an item to be opened 1001 times", (world, item) => item.CreateAsync(world.Alice, With(item, "maxOpens", 1001))),
            New("an item to be opened 0 times", (world, item) => item.CreateAsync(world.Alice, With(item, "maxOpens", 0))),
            New(
                "an item that lives two years",
                (world, item) => item.CreateAsync(world.Alice, With(item, "expiresSeconds", 2 * 365 * 86_400))
            ),
            New(
                "an item that lives longer than time has numbers",
                (world, item) => item.CreateAsync(world.Alice, With(item, "expiresSeconds", long.MaxValue))
            ),
            New(
                "an item of one PUT with a digest of parts",
                (world, item) => item.CreateAsync(world.Alice, With(item, "digest", PartsDigest()))
            ),
            New("an item of one PUT with 6 GiB", (world, item) => item.CreateAsync(world.Alice, With(item, "size", 6L << 30))),
            New("an item with a body of 5 KB", (world, item) => item.CreateAsync(world.Alice, item.Announce(isInline: true))),
            Small(
                "an item with a body of another length",
                (world, item) => item.CreateAsync(world.Alice, With(item.Announce(isInline: true), "size", 299))
            ),
            Small(
                "an item with a body and a digest",
                (world, item) => item.CreateAsync(world.Alice, With(item.Announce(isInline: true), "digest", item.Digest()))
            ),
            New("an item over the quota", (world, item) => item.CreateAsync(world.Alice, Without(With(item, "size", 11L << 30), "digest"))),
            New(
                "an item without an account",
                (world, item) => world.Host.SendAsync(HttpMethod.Post, "/vault/anonymous-items", item.Announce(), null)
            ),
            Stored("an item under the id of another", (world, item) => item.CreateAsync(world.Bob)),
            Stored("an item under its id with other limits", (world, item) => item.CreateAsync(world.Alice, item.Announce(opens: 7))),
            Erased("an item under the id of an erased one", (world, item) => item.CreateAsync(world.Alice)),
            Stored(
                "an owner's call without the owner's secret",
                (world, item) => world.Host.SendAsync(HttpMethod.Get, item.Path, null, null)
            ),
            Stored("an owner's call with another secret", (world, item) => item.ImpostorAsync(HttpMethod.Delete, "", null)),
            New("an owner's call about an item that never was", (world, item) => item.StatusAsync()),
            New(
                "a call about a malformed item id",
                (world, item) => world.Host.SendAsync(HttpMethod.Post, "/vault/items/short/done", Ticket(item), null)
            ),
            Stored(
                "another owner for another party's item",
                (world, item) => world.Bob.PostAsync($"{item.Path}/owner", new JsonObject { ["ownerTag"] = Tag })
            ),
            Pending("no parts of an item", (world, item) => item.PartsAsync(new JsonArray())),
            Pending("a part beyond the size of an item", (world, item) => item.PartsAsync(Part(1, 5001))),
            Pending("a part of an item with the number 0", (world, item) => item.PartsAsync(Part(0, 1))),
            Stored("a part of an item that is stored", (world, item) => item.PartsAsync(Part(1, 1))),
            Pending("a commit before the upload", (world, item) => item.CommitAsync()),
            Uploaded("a commit with another digest than the upload's", (world, item) => item.CommitAsync(Commit(5000))),
            Uploaded("a commit with more bytes than were announced", (world, item) => item.CommitAsync(Commit(5001))),
            Stored("a second commit with another digest", (world, item) => item.CommitAsync(Commit(5000))),
            Erased("a commit of an erased item", (world, item) => item.CommitAsync()),
            Erased("other limits for an erased item", (world, item) => item.LimitAsync(new JsonObject { ["unlock"] = true })),
            Opened("fewer opens than there were", (world, item) => item.LimitAsync(new JsonObject { ["maxOpens"] = 1 })),
            Stored(
                "a longer life than an object was stored for",
                (world, item) => item.LimitAsync(new JsonObject { ["expiresSeconds"] = 2 * 86_400 })
            ),
            Stored("an open with a malformed auth", (world, item) => item.OpenAsync(auth: [1, 2, 3])),
            Stored("an open with a malformed ticket", (world, item) => item.OpenAsync("short")),
            New("an open of an item that never was", (world, item) => item.OpenAsync()),
            Pending("an open before the commit", (world, item) => item.OpenAsync()),
            Stored("an open with a wrong password", (world, item) => item.GuessAsync()),
            Locked("an open with the right password after ten wrong ones", (world, item) => item.OpenAsync()),
            Erased("an open of an erased item", (world, item) => item.OpenAsync()),
            Erased("an open of an erased item with a wrong password", (world, item) => item.GuessAsync()),
            Spent("an open more than there are", (world, item) => item.OpenAsync()),
        ];

    private delegate Task<Answer> Call(BadInputWorld world, TestVaultItem item);

    private static BadInputCase New(string name, Call call) => Of(name, 5000, _ => Task.CompletedTask, call);

    private static BadInputCase Small(string name, Call call) => Of(name, 300, _ => Task.CompletedTask, call);

    private static BadInputCase Pending(string name, Call call) =>
        Of(name, 5000, async state => (await state.Item.CreateAsync(state.World.Alice)).Require(201), call);

    private static BadInputCase Uploaded(string name, Call call) =>
        Of(
            name,
            5000,
            async state =>
            {
                var upload = (await state.Item.CreateAsync(state.World.Alice)).Require(201)["upload"];
                using var stored = await state.World.Host.UploadAsync(upload, state.Item.Content);
                stored.EnsureSuccessStatusCode();
            },
            call
        );

    private static BadInputCase Stored(string name, Call call) => Of(name, 5000, state => state.Item.StoreAsync(state.World.Alice), call);

    private static BadInputCase Opened(string name, Call call) => After(name, opens: 3, item => item.OpenAsync(), times: 2, call);

    private static BadInputCase Spent(string name, Call call) => After(name, opens: 1, item => item.OpenAsync(), times: 1, call);

    private static BadInputCase Erased(string name, Call call) => After(name, opens: 3, item => item.DeleteAsync(), times: 1, call);

    private static BadInputCase Locked(string name, Call call) => After(name, opens: 3, item => item.GuessAsync(), times: 10, call);

    private static BadInputCase After(string name, int opens, Func<TestVaultItem, Task<Answer>> before, int times, Call call) =>
        Of(
            name,
            300,
            async state =>
            {
                await state.Item.StoreAsync(state.World.Alice, opens);
                for (var time = 0; time < times; time++)
                {
                    await before(state.Item);
                }
            },
            call
        );

    private static BadInputCase Of(string name, int length, Func<(BadInputWorld World, TestVaultItem Item), Task> prepare, Call call) =>
        new(
            name,
            async world =>
            {
                var item = TestVaultItem.New(world.Host, length);
                await prepare((world, item));
                return () => call(world, item);
            }
        );

    private static JsonObject With(TestVaultItem item, string member, JsonNode value) => With(item.Announce(), member, value);

    private static JsonObject With(JsonObject body, string member, JsonNode value)
    {
        body[member] = value;
        return body;
    }

    private static JsonObject Without(JsonObject body, string member)
    {
        body.Remove(member);
        return body;
    }

    private static JsonObject Ticket(TestVaultItem item) => new() { ["ticket"] = item.NewTicket() };

    private static JsonObject PartsDigest() =>
        new()
        {
            ["method"] = "sha-256-parts",
            ["value"] = Tag,
            ["partSize"] = 8 << 20,
        };

    private static JsonArray Part(int number, long size) =>
        [
            new JsonObject
            {
                ["number"] = number,
                ["digest"] = Tag,
                ["size"] = size,
            },
        ];

    private static JsonObject Commit(long size) =>
        new()
        {
            ["size"] = size,
            ["digest"] = new JsonObject { ["method"] = "sha-256", ["value"] = Tag },
        };
}
