using FairShare.Core.Errors;
using FairShare.Timestamps.Certificates;
using FairShare.Timestamps.Tokens;

namespace FairShare.Timestamps.Tests;

/// <summary>Chains that openssl gives for our request: the stamps that carry them, and those that are refused.</summary>
public sealed class StampChainTests : IDisposable
{
    private readonly TimestampScene scene = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairshare-chain-");

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public void Dispose()
    {
        scene.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Parse_WholeChain_IsCarriedByStampsThatOpenSslVerifiesByTheRoot()
    {
        var issuer = await MakeAsync();
        var pems = await issuer.ChainAsync(await scene.RequestAsync());
        var chain = StampChain.Parse(string.Concat(pems[..2]), scene.Public, Now);
        Assert.Equal(2, chain.Certificates.Count);
        Assert.InRange(chain.NotAfter, Now.AddDays(364), Now.AddDays(366));
        Assert.Equal(chain.ToPem(), StampChain.Parse(chain.ToPem(), scene.Public, Now).ToPem());
        // With the root in it, too.
        Assert.Equal(3, StampChain.Parse(string.Concat(pems), scene.Public, Now).Certificates.Count);

        var answer = await scene.AnswerAsync(chain);
        Assert.Equal(scene.Public, TimestampToken.ParseAnswer(answer).Certificate.Key);
        var hash = Convert.ToHexString(TimestampScene.Request.Imprint.ToBytes());
        Assert.True(await issuer.VerifiesAsync(answer, hash, issuer.Root));
        Assert.False(await issuer.VerifiesAsync(answer, hash.Replace('0', '1'), issuer.Root));
    }

    [Fact]
    public async Task Parse_ChainsThatAreNone_AreRefusedByTheirCodes()
    {
        var issuer = await MakeAsync();
        var request = await scene.RequestAsync();
        var pems = await issuer.ChainAsync(request);
        var (own, between, root) = (pems[0], pems[1], pems[2]);
        using var other = new TimestampScene();
        // Another issuer of the same name has not issued it.
        var impostor = new OpenSslIssuer(Directory.CreateDirectory(Path.Combine(folder.FullName, "other")).FullName);
        Assert.True(await impostor.TryMakeAsync());
        var forged = (await impostor.ChainAsync(request))[1];

        Assert.Equal("invalid-chain", Refuse("", scene));
        Assert.Equal("invalid-chain", Refuse("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", scene));
        Assert.Equal("invalid-chain", Refuse(string.Concat(Enumerable.Repeat(own, 6)), scene));
        Assert.Equal("chain-of-another-key", Refuse(own + between, other));
        Assert.Equal("chain-of-another-key", Refuse(between + own, scene));
        Assert.Equal("chain-order", Refuse(own + root + between, scene));
        Assert.Equal("chain-broken", Refuse(own + root, scene));
        Assert.Equal("chain-broken", Refuse(own + forged, scene));
        Assert.Equal("chain-not-valid", Refuse(own + between, scene, Now.AddDays(400)));
        Assert.Equal("chain-not-valid", Refuse(own + between, scene, Now.AddDays(-2)));
        foreach (
            var extensions in new[]
            {
                "extendedKeyUsage=timeStamping",
                "extendedKeyUsage=critical,timeStamping,codeSigning",
                "extendedKeyUsage=critical,codeSigning",
                "basicConstraints=CA:FALSE",
            }
        )
        {
            Assert.Equal("not-for-stamping", Refuse((await issuer.ChainAsync(request, extensions))[0] + between, scene));
        }
    }

    [Theory]
    [InlineData("keyUsage=critical,digitalSignature", null)]
    [InlineData("keyUsage=critical,nonRepudiation", null)]
    [InlineData("keyUsage=digitalSignature,nonRepudiation\nbasicConstraints=critical,CA:FALSE", null)]
    [InlineData("keyUsage=critical,digitalSignature,keyAgreement", "not-for-stamping")]
    [InlineData("keyUsage=critical,keyEncipherment", "not-for-stamping")]
    [InlineData("keyUsage=keyCertSign", "not-for-stamping")]
    [InlineData("1.2.3.4.5=ASN1:UTF8String:x", null)]
    [InlineData("1.2.3.4.5=critical,ASN1:UTF8String:x", "unknown-critical-extension")]
    public async Task Parse_ExtensionsOfTheFirst_AreTakenWhereItMaySignAndAllOfThemAreKnown(string extensions, string? code)
    {
        var issuer = await MakeAsync();
        var pems = await issuer.ChainAsync(await scene.RequestAsync(), $"{OpenSslIssuer.ForStamping}\n{extensions}");
        foreach (var pem in new[] { pems[0], pems[0] + pems[1], string.Concat(pems) })
        {
            if (code is not null)
            {
                Assert.Equal(code, Refuse(pem, scene));
                continue;
            }

            var answer = await scene.AnswerAsync(StampChain.Parse(pem, scene.Public, Now));
            // Alone it leads nowhere; openssl has only the root.
            var hash = Convert.ToHexString(TimestampScene.Request.Imprint.ToBytes());
            Assert.Equal(pem != pems[0], await issuer.VerifiesAsync(answer, hash, issuer.Root));
        }
    }

    [Theory]
    [InlineData("extendedKeyUsage=timeStamping", null)]
    [InlineData("extendedKeyUsage=serverAuth,timeStamping", null)]
    [InlineData("extendedKeyUsage=anyExtendedKeyUsage", null)]
    [InlineData("extendedKeyUsage=serverAuth", "chain-broken")]
    [InlineData("extendedKeyUsage=critical,codeSigning", "chain-broken")]
    public async Task Parse_IssuerForSomeUsesOnly_MustBeForStampingToo(string extensions, string? code)
    {
        var issuer = await MakeAsync(extensions);
        var pems = await issuer.ChainAsync(await scene.RequestAsync());
        foreach (var pem in new[] { pems[0] + pems[1], string.Concat(pems) })
        {
            if (code is not null)
            {
                Assert.Equal(code, Refuse(pem, scene));
                continue;
            }

            var answer = await scene.AnswerAsync(StampChain.Parse(pem, scene.Public, Now));
            Assert.True(await issuer.VerifiesAsync(answer, Convert.ToHexString(TimestampScene.Request.Imprint.ToBytes()), issuer.Root));
        }
    }

    private static string Refuse(string pem, TimestampScene scene, DateTimeOffset? now = null) =>
        Assert.Throws<ProtocolException>(() => StampChain.Parse(pem, scene.Public, now ?? Now)).Code;

    private async Task<OpenSslIssuer> MakeAsync(string extensions = "")
    {
        var issuer = new OpenSslIssuer(folder.FullName);
        Assert.SkipUnless(await issuer.TryMakeAsync(extensions), "openssl is not there.");
        return issuer;
    }
}
