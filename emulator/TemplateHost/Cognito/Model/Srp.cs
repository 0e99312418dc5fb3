using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace TemplateHost.Cognito.Model;

/// <summary>
/// The service's side of SRP-6a as Cognito's clients speak it: the 3072-bit group of RFC 5054, SHA-256, and numbers hashed with a sign bit.
/// </summary>
internal static class Srp
{
    private const string KeyInfo = "Caldera Derived Key";

    /// <summary>N of RFC 5054, appendix A, 3072 bits.</summary>
    public static BigInteger Modulus { get; } =
        Number(
            "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
                + "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
                + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
                + "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
                + "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
                + "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
                + "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
                + "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF"
        );

    private static readonly BigInteger Generator = 2;
    private static readonly BigInteger Multiplier = Hash(Octets(Modulus), Octets(Generator));

    /// <summary>v = g^x, where x hashes the salt and a hash of pool, user and password.</summary>
    /// <param name="pool">The pool's id after the underscore.</param>
    public static BigInteger Verifier(string pool, string user, string password, BigInteger salt) =>
        BigInteger.ModPow(Generator, Hash(Octets(salt), SHA256.HashData(Encoding.UTF8.GetBytes($"{pool}{user}:{password}"))), Modulus);

    /// <summary>B = k·v + g^b.</summary>
    public static BigInteger PublicValue(BigInteger verifier, BigInteger secret) =>
        ((Multiplier * verifier) + BigInteger.ModPow(Generator, secret, Modulus)) % Modulus;

    /// <summary>What both sides sign the challenge with: 16 octets of HKDF over S = (A·v^u)^b, salted with u.</summary>
    public static byte[] Key(BigInteger clientValue, BigInteger publicValue, BigInteger verifier, BigInteger secret)
    {
        var scramble = Hash(Octets(clientValue), Octets(publicValue));
        var shared = BigInteger.ModPow(clientValue * BigInteger.ModPow(verifier, scramble, Modulus) % Modulus, secret, Modulus);
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, Octets(shared), 16, Octets(scramble), Encoding.UTF8.GetBytes(KeyInfo));
    }

    /// <summary>The claim to the password: HMAC-SHA-256 over pool, user, the secret block's octets and the timestamp.</summary>
    public static byte[] Signature(byte[] key, string pool, string user, byte[] secretBlock, string timestamp)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(pool + user), .. secretBlock, .. Encoding.UTF8.GetBytes(timestamp)];
        return HMACSHA256.HashData(key, signed);
    }

    /// <summary>A client's A; null for what is no number of the group, 0 included.</summary>
    public static BigInteger? ClientValue(string hex) =>
        hex.Length is > 0 and <= 776 && hex.All(char.IsAsciiHexDigit) && Number(hex) is var value && value > 0 && value < Modulus
            ? value
            : null;

    /// <summary>A number from its unsigned hexadecimal text.</summary>
    public static BigInteger Number(string hex) =>
        BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>A number from octets, the first of them the highest.</summary>
    public static BigInteger Number(ReadOnlySpan<byte> octets) => new(octets, isUnsigned: true, isBigEndian: true);

    /// <summary>The hexadecimal text of a number, with a sign bit.</summary>
    public static string Hex(BigInteger number) => Convert.ToHexStringLower(Octets(number));

    private static BigInteger Hash(params ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(part);
        }

        return Number(hash.GetHashAndReset());
    }

    // As few octets as the number and its sign bit need, which is what a signed number's octets are.
    private static byte[] Octets(BigInteger number) => number.ToByteArray(isUnsigned: false, isBigEndian: true);
}
