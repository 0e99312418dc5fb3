using TemplateHost.Kms.Model;
using Xunit;

namespace TemplateHost.Tests.Kms;

public sealed class EcdsaSignatureTests
{
    [Theory]
    [InlineData("01", "7F", "300602010102017F")]
    [InlineData("80", "0100", "3008020200800202" + "0100")]
    public void ToDer_NumbersThatBeginWithZeros_AreAsShortAsTheyCanBe(string r, string s, string der) =>
        Assert.Equal(der, Convert.ToHexString(EcdsaSignature.ToDer(Convert.FromHexString(r.PadLeft(64, '0') + s.PadLeft(64, '0')))));
}
