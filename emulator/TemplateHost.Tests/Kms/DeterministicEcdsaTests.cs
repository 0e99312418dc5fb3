using System.Security.Cryptography;
using System.Text;
using TemplateHost.Kms.Model;
using Xunit;

namespace TemplateHost.Tests.Kms;

public sealed class DeterministicEcdsaTests
{
    private const string Secret = "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";

    [Theory]
    [InlineData(
        "sample",
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
        "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
    )]
    [InlineData(
        "test",
        "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
        "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083"
    )]
    public void Sign_VectorsOfRfc6979_AppendixA25_AreMet(string message, string r, string s) =>
        Assert.Equal(
            r + s,
            Convert.ToHexString(DeterministicEcdsa.Sign(Convert.FromHexString(Secret), SHA256.HashData(Encoding.ASCII.GetBytes(message))))
        );

    [Fact]
    public void Sign_AnyKeyAndMessage_IsVerifiedByThePlatform()
    {
        for (var round = 0; round < 50; round++)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var digest = SHA256.HashData([(byte)round]);

            Assert.True(key.VerifyHash(digest, DeterministicEcdsa.Sign(key.ExportParameters(true).D!, digest)));
        }
    }
}
