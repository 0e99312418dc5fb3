using System.Text.Json.Nodes;
using FairShare.Core.Digests;
using FairShare.Testing;
using FairShare.Vault.Tokens;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>Every call about the vault, and every way in which its objects end.</summary>
internal static class VaultTour
{
    public static async Task RunAsync(TestParty alice)
    {
        // One after another: what a party stores at once meets in its quota, and is told to try again.
        await OneAsync(alice);
        await PartsAsync(alice);
        await BurnAsync(alice);
        await AbandonAsync(alice);
    }

    private static async Task OneAsync(TestParty alice)
    {
        var item = TestVaultItem.New(alice.Host);
        (await item.CreateAsync(alice)).Require(201);
        var again = (await item.CreateAsync(alice)).Require(201);
        if ((await item.CommitAsync()).Status == 200)
        {
            throw new InvalidOperationException("What was not uploaded was committed.");
        }

        using (var stored = await alice.Host.UploadAsync(again["upload"], item.Content))
        {
            stored.EnsureSuccessStatusCode();
        }

        (await item.CommitAsync()).Require(200);
        await item.FetchAsync((await item.OpenAsync()).Require(200));
        (await item.StatusAsync()).Require(200);
        (await item.LimitAsync(new JsonObject { ["expiresSeconds"] = 3600 })).Require(200);
        (await alice.GetAsync("/vault/items")).Require(200);
        (await alice.GetAsync("/vault/quota")).Require(200);
        // Its presigned upload is still good, so it is looked after once more.
        (await item.DeleteAsync()).Require(200);
        (
            await alice.PostAsync(
                $"{(await TestVaultItem.StoreAsync(alice)).Path}/owner",
                new JsonObject { ["ownerTag"] = VaultOwner.New(alice.Host.Randomness).Tag.ToString() }
            )
        ).Require(200);
    }

    private static async Task PartsAsync(TestParty alice)
    {
        var item = TestVaultItem.New(alice.Host, 1000);
        var grant = await BeginAsync(alice, item);
        await alice.Host.Http.GetStringAsync(grant.Text("partsUrl"));
        await TestMultipart.PutAndJoinAsync(alice.Host, grant, [item.Content]);
        var digest = Sha256Digest.Of(Sha256Digest.Of(item.Content).ToBytes()).ToString();
        (
            await item.CommitAsync(
                new JsonObject
                {
                    ["size"] = 1000,
                    ["digest"] = new JsonObject
                    {
                        ["method"] = "sha-256-parts",
                        ["value"] = digest,
                        ["partSize"] = 8 << 20,
                    },
                }
            )
        ).Require(200);
    }

    /// <summary>A note that two recipients read, and are done with one after the other.</summary>
    private static async Task BurnAsync(TestParty alice)
    {
        var item = await TestVaultItem.StoreAsync(alice, 300, opens: 2);
        var tickets = new[] { item.NewTicket(), item.NewTicket() };
        foreach (var ticket in tickets)
        {
            (await item.OpenAsync(ticket)).Require(200);
        }

        foreach (var ticket in tickets)
        {
            (await item.DoneAsync(ticket)).Require(200);
        }
    }

    private static async Task AbandonAsync(TestParty alice)
    {
        var item = TestVaultItem.New(alice.Host, 1000);
        await BeginAsync(alice, item);
        (await item.DeleteAsync()).Require(200);
    }

    private static async Task<Answer> BeginAsync(TestParty alice, TestVaultItem item)
    {
        var announcement = item.Announce();
        announcement.Remove("digest");
        announcement["size"] = 2000;
        (await item.CreateAsync(alice, announcement)).Require(201);
        var part = new JsonObject
        {
            ["number"] = 1,
            ["digest"] = Sha256Digest.Of(item.Content).ToString(),
            ["size"] = item.Content.Length,
        };
        return (await item.PartsAsync(new JsonArray(part))).Require(200);
    }
}
