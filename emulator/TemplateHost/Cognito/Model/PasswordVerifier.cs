using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace TemplateHost.Cognito.Model;

/// <summary>A password as SRP keeps it: good to verify one, not to log in with. Both parts in hexadecimal.</summary>
internal sealed record PasswordVerifier(string Salt, string Value)
{
    private const int SaltLength = 16;

    /// <summary>Raised for each derivation from a password, the costly part of a login: counted in place of time.</summary>
    public static event Action<string>? Derived;

    public BigInteger SaltNumber => Srp.Number(Salt);

    public BigInteger Number => Srp.Number(Value);

    /// <param name="salt">16 random octets.</param>
    public static PasswordVerifier Of(UserPool pool, string username, string password, byte[] salt)
    {
        var number = Srp.Number(salt);
        return new PasswordVerifier(Srp.Hex(number), Derive(pool, username, password, number));
    }

    /// <summary>What a name without a user always has: no password is this one, and it costs and looks the same as any.</summary>
    public static PasswordVerifier OfNobody(UserPool pool, string username)
    {
        // One octet block more than the group has, so that the remainder is as evenly spread as a verifier.
        var seed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(pool.PrivateKey), Encoding.UTF8.GetBytes($"srp\n{pool.Normal(username)}"));
        var octets = HKDF.Expand(HashAlgorithmName.SHA256, seed, SaltLength + 416, []);
        return new PasswordVerifier(
            Srp.Hex(Srp.Number(octets.AsSpan(0, SaltLength))),
            Srp.Hex(Srp.Number(octets.AsSpan(SaltLength)) % Srp.Modulus)
        );
    }

    public bool Matches(UserPool pool, string username, string password) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Value),
            Encoding.ASCII.GetBytes(Derive(pool, username, password, SaltNumber))
        );

    private static string Derive(UserPool pool, string username, string password, BigInteger salt)
    {
        Derived?.Invoke(password);
        return Srp.Hex(Srp.Verifier(pool.ShortName, pool.Normal(username), password, salt));
    }
}
