using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Parties;

/// <summary>
/// The client's side of one login by SRP-6a as Cognito has it (RFC 5054's group of 3072 bits, SHA-256): shows that the password is known
/// without sending it. It shares no code with the embedded host's side, so that each is a check of the other.
/// </summary>
public sealed class SrpLogin
{
    private const string KeyInfo = "Caldera Derived Key";
    private const int SecretLength = 128;

    private static readonly BigInteger Generator = 2;

    // RFC 5054, appendix A.
    private static readonly BigInteger Modulus = Parse(
        "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
            + "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
            + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05"
            + "98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB"
            + "9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
            + "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
            + "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33"
            + "A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
            + "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864"
            + "D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2"
            + "08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF"
    );

    private readonly string pool;
    private readonly BigInteger secret;
    private readonly BigInteger publicValue;

    /// <summary>Chooses the secret number of a login.</summary>
    /// <param name="userPoolId">For example <c>us-east-1_a1B2c3D4e</c>; what stands after the underscore is hashed.</param>
    /// <param name="randomness">The source of the secret.</param>
    public SrpLogin(string userPoolId, IRandomness randomness)
    {
        ArgumentNullException.ThrowIfNull(userPoolId);
        ArgumentNullException.ThrowIfNull(randomness);
        var octets = new byte[SecretLength];
        randomness.Fill(octets);
        pool = userPoolId[(userPoolId.IndexOf('_', StringComparison.Ordinal) + 1)..];
        secret = Number(octets);
        publicValue = BigInteger.ModPow(Generator, secret, Modulus);
    }

    /// <summary>SRP_A: hexadecimal.</summary>
    public string PublicValue => Convert.ToHexStringLower(Signed(publicValue));

    /// <summary>Answers a challenge: PASSWORD_CLAIM_SIGNATURE, in base64.</summary>
    /// <param name="challenge">The pool's numbers.</param>
    /// <param name="password">The password; it goes into a hash and nowhere else.</param>
    /// <param name="timestamp">The TIMESTAMP that is sent with it.</param>
    /// <exception cref="FormatException">The challenge is no number of the group, or not hexadecimal and base64.</exception>
    public string Claim(SrpChallenge challenge, string password, string timestamp)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        byte[] signed =
        [
            .. Encoding.UTF8.GetBytes(pool + challenge.UserId),
            .. Convert.FromBase64String(challenge.SecretBlock),
            .. Encoding.UTF8.GetBytes(timestamp),
        ];
        return Convert.ToBase64String(HMACSHA256.HashData(KeyOf(challenge, password), signed));
    }

    /// <summary>A time as Cognito wants it in a TIMESTAMP.</summary>
    public static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("ddd MMM d HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);

    // S = (B - k·g^x)^(a + u·x), and 16 octets of HKDF over it.
    internal byte[] KeyOf(SrpChallenge challenge, string password)
    {
        var other = Parse(challenge.PublicValue);
        var scramble = Hash(Signed(publicValue), Signed(other));
        // With either of them zero, whoever answers could know S without the verifier.
        if (other % Modulus == 0 || scramble == 0)
        {
            throw new FormatException("The user pool's SRP_B is no number of the group.");
        }

        var identity = SHA256.HashData(Encoding.UTF8.GetBytes($"{pool}{challenge.UserId}:{password}"));
        var exponent = Hash(Signed(Parse(challenge.Salt)), identity);
        var multiplier = Hash(Signed(Modulus), Signed(Generator));
        var difference = (other - (multiplier * BigInteger.ModPow(Generator, exponent, Modulus))) % Modulus;
        var root = difference < 0 ? difference + Modulus : difference;
        var shared = BigInteger.ModPow(root, secret + (scramble * exponent), Modulus);
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, Signed(shared), 16, Signed(scramble), Encoding.UTF8.GetBytes(KeyInfo));
    }

    private static BigInteger Hash(byte[] first, byte[] second)
    {
        byte[] both = [.. first, .. second];
        return Number(SHA256.HashData(both));
    }

    private static BigInteger Parse(string hex) =>
        hex.Length <= 1024
            ? BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : throw new FormatException("The user pool's numbers are too long.");

    private static BigInteger Number(byte[] octets) => new(octets, isUnsigned: true, isBigEndian: true);

    // As few octets as hold the number and a sign bit: the form in which numbers are hashed.
    private static byte[] Signed(BigInteger number) => number.ToByteArray(isUnsigned: false, isBigEndian: true);
}

/// <summary>What a user pool asks in PASSWORD_VERIFIER.</summary>
/// <param name="UserId">USER_ID_FOR_SRP.</param>
/// <param name="Salt">SALT: hexadecimal.</param>
/// <param name="PublicValue">SRP_B: hexadecimal.</param>
/// <param name="SecretBlock">SECRET_BLOCK: base64; goes back as it came.</param>
public sealed record SrpChallenge(string UserId, string Salt, string PublicValue, string SecretBlock);
