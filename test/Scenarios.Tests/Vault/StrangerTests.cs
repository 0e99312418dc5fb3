using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>Who has not the right auth or the owner's secret learns nothing of what was there.</summary>
public sealed class StrangerTests(VaultWorld world) : IClassFixture<VaultWorld>
{
    [Theory]
    [InlineData("Opened")]
    [InlineData("Done")]
    [InlineData("Deleted")]
    [InlineData("Expired")]
    public async Task Item_Ended_CannotBeToldFromOneThatNeverWas(string ending)
    {
        var item = await EndAsync(ending);
        var never = TestVaultItem.New(world.Host);

        // More often than is compared: a lock must not tell either.
        for (var attempt = 0; attempt < 14; attempt++)
        {
            Assert.Equal(Shown(await never.GuessAsync()), Shown(await item.GuessAsync()));
        }

        Assert.Equal(Shown(await never.DoneAsync(never.NewTicket()), never), Shown(await item.DoneAsync(item.NewTicket()), item));
        foreach (var (method, call, body) in OwnerCalls())
        {
            Assert.Equal(
                Shown(await never.ImpostorAsync(method, call, body?.DeepClone())),
                Shown(await item.ImpostorAsync(method, call, body?.DeepClone()))
            );
        }

        Assert.Equal(404, (await item.OpenAsync()).Status);
    }

    [Theory]
    [InlineData("Opened")]
    [InlineData("Done")]
    [InlineData("Deleted")]
    [InlineData("Expired")]
    public async Task Item_Ended_TellsTheRightAuthThatItWasThere(string ending)
    {
        var item = await EndAsync(ending);
        for (var attempt = 0; attempt < 12; attempt++)
        {
            // Being right costs no guess.
            Assert.Equal("vault-item-gone", (await item.OpenAsync()).Code);
        }
    }

    [Fact]
    public async Task Item_OpenedAsOftenAsItMayBe_IsAsGoneAsOneThatIsErased()
    {
        var item = await TestVaultItem.StoreAsync(world.Alice, opens: 1);
        (await item.OpenAsync()).Require(200);
        var never = TestVaultItem.New(world.Host);
        for (var attempt = 0; attempt < 14; attempt++)
        {
            Assert.Equal(Shown(await never.GuessAsync()), Shown(await item.GuessAsync()));
        }
    }

    [Fact]
    public async Task OwnerCalls_OfAnotherOwner_AreRefusedAndChangeNothing()
    {
        // A party of its own: what others stored may end meanwhile, which gives them room.
        using var owner = await TestParty.JoinAsync(world.Host, $"owner{Guid.NewGuid():N}");
        var item = await TestVaultItem.StoreAsync(owner);
        string[] parts = [item.Path.Split('/')[^1], owner.Id.ToString()];
        var before = await PictureAsync(parts);
        Assert.Contains("sk=QUOTA|storedBytes=", before, StringComparison.Ordinal);
        foreach (var (method, call, body) in OwnerCalls())
        {
            Assert.Equal("vault-item-not-found", (await item.ImpostorAsync(method, call, body)).Code);
        }

        Assert.Equal(
            "vault-item-not-found",
            (await world.Bob.PostAsync($"{item.Path}/owner", new System.Text.Json.Nodes.JsonObject { ["ownerTag"] = Tag })).Code
        );
        Assert.Equal(before, await PictureAsync(parts));
    }

    [Fact]
    public async Task Open_ByGet_IsNoCall()
    {
        var item = await TestVaultItem.StoreAsync(world.Alice);
        Assert.Equal(405, (await world.Host.SendAsync(HttpMethod.Get, item.Path + "/open", null, null)).Status);
        Assert.Equal(0, (await item.StatusAsync())["opens"].GetValue<int>());
    }

    private const string Tag = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static IEnumerable<(HttpMethod Method, string Call, System.Text.Json.Nodes.JsonNode? Body)> OwnerCalls() =>
        [
            (HttpMethod.Get, "", null),
            (HttpMethod.Delete, "", null),
            (HttpMethod.Post, "/limits", System.Text.Json.Nodes.JsonNode.Parse("""{"expiresSeconds":1,"unlock":true}""")),
            (
                HttpMethod.Post,
                "/parts",
                System.Text.Json.Nodes.JsonNode.Parse($$"""{"parts":[{"number":1,"digest":"{{Tag}}","size":1}]}""")
            ),
            (
                HttpMethod.Post,
                "/commit",
                System.Text.Json.Nodes.JsonNode.Parse($$$"""{"size":1,"digest":{"method":"sha-256","value":"{{{Tag}}}"}}""")
            ),
        ];

    private static string Shown(Answer answer) => $"{answer.Status} {answer.ContentType} {answer.Body?.ToJsonString()}";

    // What the path said is all that such an answer repeats.
    private static string Shown(Answer answer, TestVaultItem item) => Shown(answer).Replace(item.Id, "ID", StringComparison.Ordinal);

    // What the table has of an item and its party.
    private async Task<string> PictureAsync(string[] parts) =>
        string.Join(
            '\n',
            (await world.Table.ScanAsync())
                .Where(item => parts.Any(part => item["pk"].S.EndsWith(part, StringComparison.Ordinal)))
                .Select(item =>
                    string.Join(
                        '|',
                        item.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value.S}{pair.Value.N}")
                    )
                )
        );

    private async Task<TestVaultItem> EndAsync(string ending)
    {
        var item = await TestVaultItem.StoreAsync(world.Alice, opens: 1, seconds: 7200);
        var ticket = item.NewTicket();
        switch (ending)
        {
            case "Opened":
                (await item.OpenAsync(ticket)).Require(200);
                await world.AdvanceAsync(TimeSpan.FromMinutes(62));
                break;
            case "Done":
                (await item.OpenAsync(ticket)).Require(200);
                (await item.DoneAsync(ticket)).Require(200);
                break;
            case "Deleted":
                (await item.DeleteAsync()).Require(200);
                break;
            default:
                await world.AdvanceAsync(TimeSpan.FromMinutes(121));
                break;
        }

        Assert.Equal(ending, await VaultWorld.WaitForEndAsync(item));
        return item;
    }
}
