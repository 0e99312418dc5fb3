using FairShare.Core.Errors;
using FairShare.Vault.Codes;
using FairShare.Vault.Tests.Support;

namespace FairShare.Vault.Tests.Codes;

public sealed class VaultCookieTests
{
    // The four cookies that the seed shows in its table.
    [Theory]
    [InlineData("136021057210105094113039113188177221253072063121", "881539d2695e712771bcb1ddfd483f79")]
    [InlineData("186148108240131198097177184083068111116092238113", "ba946cf083c661b1b853446f745cee71")]
    [InlineData("218050022043077048235019185189217113150151062246", "da32162b4d30eb13b9bdd97196973ef6")]
    [InlineData("114033016083030103181170165229178174080100053166", "722110531e67b5aaa5e5b2ae506435a6")]
    public void Parse_CookieOfTheSeed_IsSixteenBytesInDecimal(string cookie, string hex)
    {
        var secret = VaultCookie.Parse(cookie);
        Assert.Equal(hex, Convert.ToHexStringLower(secret.Bytes));
        Assert.Equal(cookie, VaultCookie.Write(secret));
    }

    [Fact]
    public void Write_AnySecret_RoundTripsInFortyEightDigits()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var secret = VaultSecrets.Of(seed);
            var cookie = VaultCookie.Write(secret);
            Assert.Equal(48, cookie.Length);
            Assert.Equal(secret, VaultCookie.Parse($" {cookie}\n"));
        }
    }

    [Theory]
    [InlineData("", "48 digits")]
    [InlineData("13602105721010509411303911318817722125307206312", "48 digits")]
    [InlineData("1360210572101050941130391131881772212530720631211", "48 digits")]
    [InlineData("13602105721010509411303911318817722125307206312a", "48 digits")]
    [InlineData("136 021057210105094113039113188177221253072063121", "48 digits")]
    [InlineData("١36021057210105094113039113188177221253072063121", "48 digits")]
    [InlineData("136021256210105094113039113188177221253072063121", "Digits 7 to 9")]
    [InlineData("136021057210105094113039113188177221253072063999", "Digits 46 to 48")]
    public void Parse_NoCookie_SaysWhatIsWrong(string text, string part)
    {
        var refusal = Assert.Throws<ProtocolException>(() => VaultCookie.Parse(text));
        Assert.Equal("invalid-vault-cookie", refusal.Code);
        Assert.Contains(part, refusal.Message);
    }
}
