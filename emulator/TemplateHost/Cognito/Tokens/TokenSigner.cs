using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;

namespace TemplateHost.Cognito.Tokens;

/// <summary>The RSA keys of pools: signs tokens (RS256), verifies them, and publishes the public halves.</summary>
internal sealed class TokenSigner
{
    private readonly ConcurrentDictionary<string, PoolKey> keys = new();

    public static string NewKey()
    {
        using var key = RSA.Create(2048);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    public string Sign(UserPool pool, JsonObject claims)
    {
        var key = KeyOf(pool);
        var header = new JsonObject { ["kid"] = key.Id, ["alg"] = "RS256" };
        var input = $"{Encode(header)}.{Encode(claims)}";
        return $"{input}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(input)))}";
    }

    /// <summary>The claims of a token that this pool signed; null for any other.</summary>
    public JsonObject? Verify(UserPool pool, string token)
    {
        try
        {
            var parts = token.Split('.');
            var key = KeyOf(pool);
            if (
                parts.Length != 3
                || Decode(parts[0]) is not { } header
                || header["alg"]?.ToString() != "RS256"
                || header["kid"]?.ToString() != key.Id
            )
            {
                return null;
            }

            var input = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
            return key.Verify(input, Base64Url.DecodeFromChars(parts[2])) ? Decode(parts[1]) : null;
        }
        // JSON with a name twice, or with octets that are no UTF-8, is only found to be wrong when its members are read.
        catch (Exception malformed)
            when (malformed is FormatException or System.Text.Json.JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    public JsonObject KeySet(UserPool pool) => new() { ["keys"] = new JsonArray(KeyOf(pool).ToJwk()) };

    private PoolKey KeyOf(UserPool pool) => keys.GetOrAdd(pool.PrivateKey, encoded => new PoolKey(Convert.FromBase64String(encoded)));

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private static JsonObject? Decode(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part)) as JsonObject;
}

/// <summary>One RSA key; its id follows from it.</summary>
internal sealed class PoolKey
{
    private readonly RSA key = RSA.Create();
    private readonly Lock gate = new();

    public PoolKey(byte[] pkcs8)
    {
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        Id = Convert.ToBase64String(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    public string Id { get; }

    public byte[] Sign(byte[] input)
    {
        lock (gate)
        {
            return key.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    public bool Verify(byte[] input, byte[] signature)
    {
        lock (gate)
        {
            return key.VerifyData(input, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    public JsonObject ToJwk()
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["alg"] = "RS256",
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
            ["kid"] = Id,
            ["kty"] = "RSA",
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["use"] = "sig",
        };
    }
}
