using System.Text;
using FairShare.Core.Identifiers;
using FairShare.Testing;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;
using FairShare.Vault.Derivation;
using FairShare.Vault.Objects;
using Xunit;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>The vault as its protocol reads: store, open, done, and what is left.</summary>
public sealed class StoryTests(VaultWorld world) : IClassFixture<VaultWorld>
{
    [Fact]
    public async Task Item_EncryptedWithAPassword_IsReadByWhoHasCodeAndPassword()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Meet me at the old mill. ", 400)));
        var code = new VaultCode(VaultMode.Password, VaultSecret.New(world.Host.Randomness));
        using var keys = VaultKeys.Derive(code, "bicycle");
        using var envelope = VaultObject.NewEnvelope(keys, new SystemRandomness());
        var encrypted = new MemoryStream();
        VaultObject.Write(new PipeContent(new MemoryStream(text)), VaultCompression.None, envelope, encrypted);
        var item = TestVaultItem.Of(world.Host, code, keys, encrypted.ToArray());
        await item.StoreAsync(world.Alice, opens: 1);

        var read = VaultCode.Parse(code.ToString());
        using var wrong = VaultKeys.Derive(read, "tricycle");
        Assert.Equal("vault-wrong-password", (await item.OpenAsync(auth: wrong.Auth.ToArray())).Code);
        using var right = VaultKeys.Derive(read, "bicycle");
        var ticket = item.NewTicket();
        var opened = (await item.OpenAsync(ticket, right.Auth.ToArray())).Require(200);
        using var content = VaultObject.Open(new MemoryStream(await item.FetchAsync(opened)), right, limit: 1 << 20);
        var plain = new MemoryStream();
        await content.Content.CopyToAsync(plain);

        Assert.Equal(text, plain.ToArray());
        Assert.Equal(0, opened["opensLeft"].GetValue<int>());
        (await item.DoneAsync(ticket)).Require(200);
        Assert.Equal("Done", await VaultWorld.WaitForEndAsync(item));
        Assert.Equal("vault-item-gone", (await item.OpenAsync()).Code);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(5000)]
    public async Task Item_OfAnySize_IsStoredOpenedAndCounted(int length)
    {
        var item = await TestVaultItem.StoreAsync(world.Alice, length);
        var opened = (await item.OpenAsync()).Require(200);

        Assert.Equal(item.Content, await item.FetchAsync(opened));
        Assert.Equal(length, opened["size"].GetValue<int>());
        Assert.Equal(2, opened["opensLeft"].GetValue<int>());
        var status = (await item.StatusAsync()).Require(200);
        Assert.Equal(("Stored", 1, 0), (status.Text("state"), status["opens"].GetValue<int>(), status["guesses"].GetValue<int>()));
    }

    [Fact]
    public async Task Open_WithoutALimitOfOpens_SaysNothingOfThoseLeft()
    {
        var item = await TestVaultItem.StoreAsync(world.Alice, 300, opens: null);
        for (var open = 0; open < 5; open++)
        {
            Assert.Null((await item.OpenAsync()).Require(200).Body!["opensLeft"]);
        }
    }

    [Fact]
    public async Task Open_RepeatedWithItsTicket_CostsNoSecondOpen()
    {
        var item = await TestVaultItem.StoreAsync(world.Alice, opens: 1);
        var ticket = item.NewTicket();
        (await item.OpenAsync(ticket)).Require(200);
        var repeated = (await item.OpenAsync(ticket)).Require(200);

        Assert.Equal(item.Content, await item.FetchAsync(repeated));
        Assert.Equal("vault-item-gone", (await item.OpenAsync()).Code);
        Assert.Equal(1, (await item.StatusAsync())["opens"].GetValue<int>());
        Assert.Equal(0, (await item.StatusAsync())["guesses"].GetValue<int>());
    }

    [Fact]
    public async Task Open_WithTheTicketOfAnother_IsComparedLikeAnyOther()
    {
        var item = await TestVaultItem.StoreAsync(world.Alice, opens: 1);
        var ticket = item.NewTicket();
        (await item.OpenAsync(ticket)).Require(200);
        Assert.Equal("vault-item-not-found", (await item.OpenAsync(ticket, new byte[32])).Code);
    }
}
