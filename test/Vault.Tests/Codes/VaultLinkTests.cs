using FairShare.Core.Errors;
using FairShare.Vault.Codes;
using FairShare.Vault.Tests.Support;

namespace FairShare.Vault.Tests.Codes;

public sealed class VaultLinkTests
{
    [Theory]
    [InlineData("https://vault.example.org/")]
    [InlineData("https://vault.example.org:8443/")]
    [InlineData("http://127.0.0.1:8080/")]
    public void Parse_WhatToStringWrites_IsTheSame(string site)
    {
        var code = VaultSecrets.Code(VaultMode.Link, 4);
        var text = new VaultLink(new Uri(site), code).ToString();
        Assert.Equal($"{site}v#{code}", text);
        var link = VaultLink.Parse(text);
        Assert.Equal(new Uri(site), link.Site);
        Assert.Equal(code, link.Code);
    }

    [Fact]
    public void ToString_AnyLink_HasTheCodeInTheFragmentAlone()
    {
        var code = VaultSecrets.Code(VaultMode.Link, 4);
        var uri = new Uri(new VaultLink(new Uri("https://vault.example.org"), code).ToString());
        Assert.Equal($"#{code}", uri.Fragment);
        Assert.Equal("/v", uri.PathAndQuery);
    }

    [Theory]
    [InlineData("", "invalid-vault-link")]
    [InlineData("http://vault.example.org/v#", "invalid-vault-link")]
    [InlineData("ftp://vault.example.org/v#", "invalid-vault-link")]
    [InlineData("https://vault.example.org/w#", "invalid-vault-link")]
    [InlineData("https://vault.example.org/v?x=1#", "invalid-vault-link")]
    [InlineData("https://vault.example.org/v", "invalid-vault-code")]
    [InlineData("https://vault.example.org/v#P-3GK8", "invalid-vault-code")]
    public void Parse_NoLink_IsRefused(string text, string code) =>
        Assert.Equal(code, Assert.Throws<ProtocolException>(() => VaultLink.Parse(text)).Code);
}
