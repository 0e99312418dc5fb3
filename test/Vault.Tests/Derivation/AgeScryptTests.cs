using System.Text;
using FairShare.Vault.Age;
using Org.BouncyCastle.Crypto.Generators;

namespace FairShare.Vault.Tests.Derivation;

public sealed class AgeScryptTests
{
    // RFC 7914, section 12, without the vector that takes 1 GiB.
    [Theory]
    [InlineData("", "", 16, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442")]
    [InlineData("password", "NaCl", 1024, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162")]
    [InlineData("pleaseletmein", "SodiumChloride", 16384, 8, 1, "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")]
    public void Generate_VectorsOfTheRfc_AreWhatTheyGive(string passphrase, string salt, int n, int r, int p, string hex) =>
        Assert.Equal(
            hex,
            Convert.ToHexStringLower(
                SCrypt.Generate(Encoding.ASCII.GetBytes(passphrase), Encoding.ASCII.GetBytes(salt), n, r, p, 64).AsSpan(0, 32)
            )
        );

    [Theory]
    [InlineData(15, 10)]
    [InlineData(16, 0)]
    [InlineData(16, 31)]
    public void Derive_OtherSaltOrWorkFactor_IsRefused(int saltLength, int workFactor) =>
        Assert.ThrowsAny<ArgumentException>(() => AgeScrypt.Derive([], new byte[saltLength], workFactor, 32));

    [Fact]
    public void Derive_LongerOutput_BeginsWithTheShorter() =>
        Assert.Equal(AgeScrypt.Derive([1], new byte[16], 4, 32), AgeScrypt.Derive([1], new byte[16], 4, 64)[..32]);
}
