using FairShare.Core.Errors;
using FairShare.Functions.Outbound;

namespace FairShare.Functions.Tests.Outbound;

public sealed class AddressRuleTests
{
    private static readonly AddressRule Deployed = new(AllowsLoopback: false);
    private static readonly AddressRule Local = new(AllowsLoopback: true);

    [Theory]
    [InlineData("https://example.com/hook?x=1")]
    [InlineData("https://example.com:8443/")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    // What the name resolves to is looked at when a connection is made.
    [InlineData("https://localhost/")]
    public void Parse_HttpsToAPublicPlace_IsTaken(string url) => Assert.Equal(url, Deployed.Parse(url).AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("/hook")]
    [InlineData("example.com")]
    [InlineData("http://example.com/")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("https://example.com/#part")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:169.254.169.254]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("http://127.0.0.1/")]
    public void Parse_AnythingElse_IsRefused(string url) =>
        Assert.Equal("invalid-webhook-url", Assert.ThrowsAny<ProtocolException>(() => (object)Deployed.Parse(url)).Code);

    [Theory]
    [InlineData("http://127.0.0.1:5000/", true)]
    [InlineData("http://localhost:5000/", true)]
    [InlineData("https://[::1]/", true)]
    [InlineData("http://10.0.0.1/", false)]
    [InlineData("https://10.0.0.1/", false)]
    [InlineData("http://example.com/", false)]
    public void Parse_WhereLoopbackIsAllowed_TakesThatAndNothingMore(string url, bool isTaken) =>
        Assert.Equal(isTaken, Record.Exception(() => (object)Local.Parse(url)) is null);

    [Fact]
    public void Parse_AThousandAndOneCharacters_IsRefused() =>
        Assert.NotNull(Record.Exception(() => (object)Deployed.Parse("https://example.com/" + new string('x', 981))));
}
