using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Tests.Support;

namespace TemplateHost.Tests.Cognito;

/// <summary>One login by SRP, from the client's side and step by step, so that a test can do each of them wrong.</summary>
internal sealed class SrpTestLogin(TestHost host, Parties parties)
{
    private static readonly BigInteger Generator = 2;

    private readonly BigInteger secret = Srp.Number(RandomNumberGenerator.GetBytes(128));

    /// <summary>The ChallengeParameters of PASSWORD_VERIFIER.</summary>
    public JsonObject Challenge { get; private set; } = [];

    private string Pool => parties.PoolId[(parties.PoolId.IndexOf('_', StringComparison.Ordinal) + 1)..];

    private BigInteger PublicValue => BigInteger.ModPow(Generator, secret, Srp.Modulus);

    /// <summary>The whole of a login.</summary>
    /// <returns>Tokens, or the next challenge.</returns>
    public static async Task<JsonObject> RunAsync(TestHost host, Parties parties, string name, string password = Parties.Password)
    {
        var login = await StartAsync(host, parties, name);
        return await parties.RespondAsync("PASSWORD_VERIFIER", login.Answer(password));
    }

    public static async Task<SrpTestLogin> StartAsync(TestHost host, Parties parties, string name)
    {
        var started = new SrpTestLogin(host, parties);
        var parameters = new JsonObject { ["USERNAME"] = name, ["SRP_A"] = Srp.Hex(started.PublicValue) };
        var answer = await parties.InitiateAsync("USER_SRP_AUTH", parameters);
        started.Challenge = answer["ChallengeParameters"]!.DeepClone().AsObject();
        return started;
    }

    /// <summary>A time as Cognito wants it in a TIMESTAMP.</summary>
    public static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("ddd MMM d HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);

    /// <summary>The ChallengeResponses.</summary>
    /// <param name="password">What the login is tried with.</param>
    /// <param name="secretBlock">Another challenge's; null for its own.</param>
    /// <param name="timestamp">Null for now.</param>
    public JsonObject Answer(string password = Parties.Password, string? secretBlock = null, string? timestamp = null)
    {
        var block = secretBlock ?? Challenge["SECRET_BLOCK"]!.ToString();
        var time = timestamp ?? Timestamp(host.Time.GetUtcNow());
        var user = Challenge["USER_ID_FOR_SRP"]!.ToString();
        byte[] signed = [.. Encoding.UTF8.GetBytes(Pool + user), .. Convert.FromBase64String(block), .. Encoding.UTF8.GetBytes(time)];
        return new JsonObject
        {
            ["USERNAME"] = user,
            ["PASSWORD_CLAIM_SECRET_BLOCK"] = block,
            ["PASSWORD_CLAIM_SIGNATURE"] = Convert.ToBase64String(HMACSHA256.HashData(KeyOf(user, password), signed)),
            ["TIMESTAMP"] = time,
        };
    }

    // S = (B - k·g^x)^(a + u·x) of SRP-6a, and 16 octets of HKDF over it.
    private byte[] KeyOf(string user, string password)
    {
        var other = Srp.Number(Challenge["SRP_B"]!.ToString());
        var scramble = Hash(PublicValue, other);
        var identity = SHA256.HashData(Encoding.UTF8.GetBytes($"{Pool}{user}:{password}"));
        var exponent = Srp.Number(SHA256.HashData([.. Octets(Srp.Number(Challenge["SALT"]!.ToString())), .. identity]));
        var root = (other - (Hash(Srp.Modulus, Generator) * BigInteger.ModPow(Generator, exponent, Srp.Modulus))) % Srp.Modulus;
        var shared = BigInteger.ModPow(root < 0 ? root + Srp.Modulus : root, secret + (scramble * exponent), Srp.Modulus);
        return HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Octets(shared),
            16,
            Octets(scramble),
            Encoding.UTF8.GetBytes("Caldera Derived Key")
        );
    }

    private static BigInteger Hash(BigInteger first, BigInteger second) =>
        Srp.Number(SHA256.HashData([.. Octets(first), .. Octets(second)]));

    private static byte[] Octets(BigInteger number) => number.ToByteArray(isUnsigned: false, isBigEndian: true);
}
