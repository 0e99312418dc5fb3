using System.Security.Cryptography;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Vault.Items;
using FairShare.Vault.Tokens;

namespace FairShare.Vault.Tests.Tokens;

public sealed class TokenTests
{
    private const string Text = "AAECAwQFBgcICQoLDA0ODw";

    [Fact]
    public void Tag_OfEither_IsTheSha256OfItsBytes()
    {
        var expected = Base64UrlText.Encode(SHA256.HashData(Enumerable.Range(0, 16).Select(index => (byte)index).ToArray()));
        Assert.Equal(expected, VaultTicket.Parse(Text).Tag.ToString());
        Assert.Equal(expected, VaultOwner.Parse(Text).Tag.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAECAwQFBgcICQoLDA0OD")]
    [InlineData("AAECAwQFBgcICQoLDA0ODx")]
    [InlineData("AAECAwQFBgcICQoLDA0ODw==")]
    [InlineData("AAECAwQFBgcICQoLDA0OD/")]
    public void Parse_AnythingElse_IsRefusedWithoutRepeatingIt(string text)
    {
        var ticket = Assert.Throws<ProtocolException>(() => VaultTicket.Parse(text));
        var owner = Assert.Throws<ProtocolException>(() => VaultOwner.Parse(text));
        Assert.Equal(("invalid-vault-ticket", "invalid-vault-owner"), (ticket.Code, owner.Code));
        Assert.True(text.Length == 0 || !(ticket.Message + owner.Message).Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void New_EachTime_IsAnother()
    {
        var randomness = new SystemRandomness();
        Assert.NotEqual(VaultTicket.New(randomness), VaultTicket.New(randomness));
        var owner = VaultOwner.New(randomness);
        Assert.Equal(owner, VaultOwner.Parse(owner.ToString()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5L << 40)]
    public void Require_ASizeThatS3Stores_Passes(long size) => Assert.Equal(size, ItemSize.Require(size));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((5L << 40) + 1)]
    public void Require_AnyOtherSize_IsRefused(long size) =>
        Assert.Equal("invalid-vault-size", Assert.Throws<ProtocolException>(() => ItemSize.Require(size)).Code);
}
