using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using FairShare.Core.Encoding;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Exchange.Tests.Attacks;

/// <summary>
/// For ECDSA a private key can be chosen under which one signature verifies for two messages: with hashes z1 and z2 and r of a nonce k,
/// the key d = -(z1 + z2) / 2r gives the same s for k and -k. Whoever signs a receipt so could later claim to have signed another.
/// </summary>
public sealed class DuplicateSignatureKeyTests
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture
    );

    [Fact]
    public void Verify_ChosenKey_OneSignatureFitsTwoMessages()
    {
        var first = System.Text.Encoding.ASCII.GetBytes("I received the contract.");
        var second = System.Text.Encoding.ASCII.GetBytes("I received the invoice.");
        var (key, signature) = ChooseKey(first, second);

        // The attack is real: a receipt that signed only such messages would prove nothing.
        Assert.True(key.Verify(first, signature));
        Assert.True(key.Verify(second, signature));
    }

    [Fact]
    public void Verify_TokensOfTheChosenKey_NeitherVerifies()
    {
        // A key is chosen for two payloads under any header; but a token states its key's thumbprint, which follows from the key.
        var payloads = new[] { "{\"doc\":\"contract\"}", "{\"doc\":\"invoice\"}" };
        var guessed = payloads.Select(payload => Octets("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", payload)).ToList();
        var (key, signature) = ChooseKey(guessed[0], guessed[1]);
        Assert.True(key.Verify(guessed[0], signature));

        var stated = payloads.Select(payload => Octets(key.Thumbprint.ToString(), payload));

        Assert.All(stated, octets => Assert.False(key.Verify(octets, signature)));
    }

    private static byte[] Octets(string kid, string payload)
    {
        var header = $$"""{"alg":"ES256","kid":"{{kid}}","typ":"{{EvidenceKind.EvidenceOfReceipt.TypeName()}}"}""";
        return System.Text.Encoding.ASCII.GetBytes(
            Base64UrlText.Encode(System.Text.Encoding.UTF8.GetBytes(header))
                + "."
                + Base64UrlText.Encode(System.Text.Encoding.UTF8.GetBytes(payload))
        );
    }

    private static (PublicKey Key, byte[] Signature) ChooseKey(byte[] first, byte[] second)
    {
        var (z1, z2) = (Number(SHA256.HashData(first)), Number(SHA256.HashData(second)));
        using var nonce = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = nonce.ExportParameters(true);
        var (k, r) = (Number(parameters.D!), Number(parameters.Q.X!) % Order);
        var d = Modulo(-(z1 + z2) * Inverse(2 * r));
        var s = Modulo(Inverse(k) * (z1 + (r * d)));
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Bytes(d) });
        return (PublicKey.Of(key), [.. Bytes(r), .. Bytes(s)]);
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static BigInteger Modulo(BigInteger value) => ((value % Order) + Order) % Order;

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Modulo(value), Order - 2, Order);

    private static byte[] Bytes(BigInteger value)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
