using System.Text.Json.Nodes;
using FairShare.Core.Digests;
using FairShare.Testing;
using FairShare.Vault.Tokens;
using Xunit;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>What owners and the parties that store may do.</summary>
public sealed class OwnerTests : IAsyncLifetime
{
    private readonly VaultWorld world = new();

    public ValueTask InitializeAsync() => world.InitializeAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Create_Repeated_GivesTheSameItemOnce()
    {
        var item = TestVaultItem.New(world.Host);
        var first = (await item.CreateAsync(world.Alice)).Require(201);
        var again = (await item.CreateAsync(world.Alice)).Require(201);

        Assert.Equal(first.Text("expiresAt"), again.Text("expiresAt"));
        Assert.Equal((5000, 1), await QuotaAsync(world.Alice));
        using var stored = await world.Host.UploadAsync(again["upload"], item.Content);
        stored.EnsureSuccessStatusCode();
        (await item.CommitAsync()).Require(200);
        (await item.CommitAsync()).Require(200);
        (await item.CreateAsync(world.Alice)).Require(201);
        Assert.Equal("vault-id-taken", (await item.CreateAsync(world.Bob)).Code);
    }

    [Fact]
    public async Task Delete_Repeated_ChangesNothingMore()
    {
        var item = await TestVaultItem.StoreAsync(world.Alice);
        var other = await TestVaultItem.StoreAsync(world.Alice, 300);
        Assert.Equal("Deleted", (await item.DeleteAsync()).Require(200).Text("state"));
        Assert.Equal("Deleted", (await item.DeleteAsync()).Require(200).Text("state"));

        Assert.Equal((300, 1), await QuotaAsync(world.Alice));
        Assert.Equal("vault-id-taken", (await item.CreateAsync(world.Alice)).Code);
        (await other.OpenAsync()).Require(200);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(5000)]
    public async Task Open_ByTheOwner_CostsNoOpen(int length)
    {
        var item = await TestVaultItem.StoreAsync(world.Alice, length, opens: 1);
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(item.Content, await item.FetchAsync((await item.ReadAsOwnerAsync()).Require(200)));
        }

        Assert.Equal("vault-item-not-found", (await item.ReadAsOwnerAsync(isOwner: false)).Code);
        var status = (await item.StatusAsync()).Require(200);
        Assert.Equal((0, 0), (status["opens"].GetValue<int>(), status["guesses"].GetValue<int>()));
        (await item.OpenAsync()).Require(200);
        (await item.DeleteAsync()).Require(200);
        Assert.Equal("vault-item-gone", (await item.ReadAsOwnerAsync()).Code);
    }

    [Fact]
    public async Task List_OfAParty_HasItsOwnThatLive()
    {
        var items = new List<TestVaultItem>();
        for (var index = 0; index < 3; index++)
        {
            items.Add(await TestVaultItem.StoreAsync(world.Alice, 300));
            await Task.Delay(5);
        }

        await TestVaultItem.StoreAsync(world.Bob, 300);
        (await items[1].DeleteAsync()).Require(200);

        var page = (await world.Alice.GetAsync("/vault/items")).Require(200);
        Assert.Equal([items[2].Id, items[0].Id], page["items"].AsArray().Select(item => item!["id"]!.GetValue<string>()));
        Assert.Null(page.Body!["cursor"]);
    }

    [Fact]
    public async Task Limits_Extended_LetTheItemLiveLonger()
    {
        var item = await TestVaultItem.StoreAsync(world.Alice, opens: 1, seconds: 3600);
        (await item.LimitAsync(new JsonObject { ["expiresSeconds"] = 80_000, ["maxOpens"] = 2 })).Require(200);
        await world.AdvanceAsync(TimeSpan.FromHours(2));

        (await item.OpenAsync()).Require(200);
        Assert.Equal(0, (await item.OpenAsync()).Require(200)["opensLeft"].GetValue<int>());
        Assert.Equal("vault-state", (await item.LimitAsync(new JsonObject { ["maxOpens"] = 1 })).Code);
        Assert.Equal("invalid-vault-limits", (await item.LimitAsync(new JsonObject { ["expiresSeconds"] = 86_400 })).Code);
        (await item.LimitAsync(new JsonObject { ["expiresSeconds"] = 60 })).Require(200);
        await world.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("Expired", await VaultWorld.WaitForEndAsync(item));
    }

    [Fact]
    public async Task Claim_ByTheParty_TakesTheItemFromWhoHadTheOwnersSecret()
    {
        var item = await TestVaultItem.StoreAsync(world.Alice);
        var fresh = VaultOwner.New(world.Host.Randomness);
        (await world.Alice.PostAsync($"{item.Path}/owner", new JsonObject { ["ownerTag"] = fresh.Tag.ToString() })).Require(200);

        Assert.Equal("vault-item-not-found", (await item.DeleteAsync()).Code);
        using var request = new HttpRequestMessage(HttpMethod.Delete, world.Host.Embedded.ApiUrl + item.Path);
        request.Headers.Add("Fairshare-Owner", fresh.ToString());
        Assert.Equal("Deleted", (await world.Host.SendAsync(request)).Require(200).Text("state"));
    }

    [Fact]
    public async Task Quota_Full_RefusesAndIsGivenBack()
    {
        var big = TestVaultItem.New(world.Host);
        var announcement = big.Announce();
        announcement.Remove("digest");
        announcement["size"] = 10L << 30;
        (await big.CreateAsync(world.Alice, announcement)).Require(201);

        Assert.Equal("vault-quota", (await TestVaultItem.New(world.Host).CreateAsync(world.Alice)).Code);
        await TestVaultItem.StoreAsync(world.Bob);
        (await big.DeleteAsync()).Require(200);
        await TestVaultItem.StoreAsync(world.Alice);
    }

    [Fact]
    public async Task Upload_InParts_IsJoinedHeldAgainstItsDigestAndGivesBackWhatItDidNotNeed()
    {
        const int PartSize = 8 << 20;
        var item = TestVaultItem.New(world.Host, PartSize + 1000);
        var announcement = item.Announce();
        announcement.Remove("digest");
        announcement["size"] = PartSize * 2;
        Assert.Equal(PartSize, (await item.CreateAsync(world.Alice, announcement)).Require(201)["partSize"].GetValue<int>());
        byte[][] parts = [item.Content[..PartSize], item.Content[PartSize..]];
        var grant = (await item.PartsAsync(Describe(parts))).Require(200);
        var digest = DocumentDigest.OfParts(Sha256Digest.Of([.. parts.SelectMany(part => Sha256Digest.Of(part).ToBytes())]), PartSize);
        var commit = new JsonObject
        {
            ["size"] = item.Content.Length,
            ["digest"] = new JsonObject
            {
                ["method"] = "sha-256-parts",
                ["value"] = digest.Value.ToString(),
                ["partSize"] = PartSize,
            },
        };
        Assert.Equal("vault-not-stored", (await item.CommitAsync((JsonObject)commit.DeepClone())).Code);
        await TestMultipart.PutAndJoinAsync(world.Host, grant, parts);
        var wrong = (JsonObject)commit.DeepClone();
        wrong["size"] = item.Content.Length - 1;
        Assert.Equal("vault-digest", (await item.CommitAsync(wrong)).Code);

        (await item.CommitAsync(commit)).Require(200);

        Assert.Equal(item.Content, await item.FetchAsync((await item.OpenAsync()).Require(200)));
        Assert.Equal((item.Content.Length, 1), await QuotaAsync(world.Alice));
    }

    [Fact]
    public async Task Upload_Twice_IsTakenOnce()
    {
        var item = TestVaultItem.New(world.Host);
        var upload = (await item.CreateAsync(world.Alice)).Require(201)["upload"];
        using var first = await world.Host.UploadAsync(upload, item.Content);
        using var second = await world.Host.UploadAsync(upload, item.Content);
        Assert.Equal((200, 412), ((int)first.StatusCode, (int)second.StatusCode));
    }

    private static JsonArray Describe(byte[][] parts) =>
        [
            .. parts.Select(
                (part, index) =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["number"] = index + 1,
                            ["digest"] = Sha256Digest.Of(part).ToString(),
                            ["size"] = part.Length,
                        }
            ),
        ];

    private static async Task<(long Bytes, int Items)> QuotaAsync(TestParty party)
    {
        var quota = (await party.GetAsync("/vault/quota")).Require(200);
        return (quota["bytes"].GetValue<long>(), quota["items"].GetValue<int>());
    }
}
