using System.Security.Cryptography;
using System.Text;
using TemplateHost.Cognito.Model;
using Xunit;

namespace TemplateHost.Tests.Cognito;

/// <summary>
/// Numbers that a public client of Cognito (amazon-cognito-identity-js 6.3.21) computes for fixed secrets; of the long ones the SHA-256 of
/// their hexadecimal text. Salts and hashes that begin with a set bit, or with zeros, are where implementations differ.
/// </summary>
public sealed class SrpVectorTests
{
    private const string Pool = "a1B2c3D4e";
    private const string Timestamp = "Tue Sep 5 07:08:09 UTC 2023";

    public static TheoryData<Vector> Vectors =>
        [
            new Vector(
                "alice",
                "Correct-horse-1",
                "9f000000000000000000000000000001",
                Repeat("11", 128),
                "80" + Repeat("42", 31),
                "8e3e21236861bf3a39975f93b2c93b191604b52dfaf1459bb0130cace57fcb92",
                "e218178b05156b727ab5158e5fa3a84e7743fce6393e019b597e20f11363cae8",
                "1f7fb896135845e45bd3e000238c0657",
                "LEI5mvPsgxjkXQ1KG2Ol5WbWhKAhSW0sUp1rQPQ+TXc="
            ),
            new Vector(
                "bob@example.com",
                "Pässwörd-123",
                "007e7e7e7e7e7e7e7e7e7e7e7e7e7e7e",
                Repeat("00ab", 64),
                "07" + Repeat("aa", 31),
                "070623c34ea7775ab253c07452a9c1cbd9749748748327a9be2f3fdaacc1f7c2",
                "1537ae24dbd494cab95d54b1eb9555ac29710724ce9b82375a2cff0e9dcc6d98",
                "f88de05fb437073eeea5371de110f6b3",
                "ovx2RL5dhFgxCvTcDyekoLL9QfTTyL2pqaL/h6pvgyA="
            ),
        ];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Srp_FixedSecrets_GivesThePublicClientsNumbers(Vector vector)
    {
        var verifier = Srp.Verifier(Pool, vector.User, vector.Password, Srp.Number(vector.Salt));
        Assert.Equal(vector.Verifier, HashOf(verifier));
        var secret = Srp.Number(vector.Secret);
        var publicValue = Srp.PublicValue(verifier, secret);
        Assert.Equal(vector.PublicValue, HashOf(publicValue));

        var clientValue = System.Numerics.BigInteger.ModPow(2, Srp.Number(vector.ClientSecret), Srp.Modulus);
        var key = Srp.Key(clientValue, publicValue, verifier, secret);
        Assert.Equal(vector.Key, Convert.ToHexStringLower(key));
        var signature = Srp.Signature(key, Pool, vector.User, Encoding.ASCII.GetBytes("secret block of a vector"), Timestamp);
        Assert.Equal(vector.Signature, Convert.ToBase64String(signature));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-2")]
    [InlineData("0x2")]
    [InlineData("modulus")]
    [InlineData("above")]
    [InlineData("long")]
    public void ClientValue_OutsideOfTheGroup_IsNone(string text)
    {
        var hex = text switch
        {
            "modulus" => Srp.Hex(Srp.Modulus),
            "above" => Srp.Hex(Srp.Modulus + 1),
            "long" => Repeat("00", 500) + "02",
            _ => text,
        };
        Assert.Null(Srp.ClientValue(hex));
    }

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void CodeAt_SecretOfTheRfc_GivesTheLastSixDigitsOfIts(long seconds, string code)
    {
        Assert.Equal(code, SoftwareToken.CodeAt(Encoding.ASCII.GetBytes("12345678901234567890"), seconds / 30));
        var token = new SoftwareToken("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", -1);
        Assert.Equal(seconds / 30, token.StepOf(code, DateTimeOffset.FromUnixTimeSeconds(seconds)));
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    // As the public client writes numbers: without the octet that holds only the sign.
    private static string HashOf(System.Numerics.BigInteger number) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Srp.Hex(number).TrimStart('0'))));

    public sealed record Vector(
        string User,
        string Password,
        string Salt,
        string ClientSecret,
        string Secret,
        string Verifier,
        string PublicValue,
        string Key,
        string Signature
    );
}
