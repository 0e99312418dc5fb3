using System.Security.Cryptography;
using System.Text;

namespace TemplateHost.Gateway.Signing;

/// <summary>The key that SigV4 derives from a secret key for one scope.</summary>
internal sealed class SigningKey
{
    private readonly byte[] key;

    public SigningKey(string secretAccessKey, CredentialScope scope)
    {
        var date = Mac(Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), scope.Date);
        key = Mac(Mac(Mac(date, scope.Region), scope.Service), "aws4_request");
    }

    /// <summary>The signature of a request.</summary>
    public string SignRequest(SignatureClaim claim, string canonicalRequest) =>
        Sign($"{SignatureClaim.Algorithm}\n{claim.Time}\n{claim.Scope.Text}\n{Digest(Encoding.UTF8.GetBytes(canonicalRequest))}");

    public string Sign(string text) => Convert.ToHexStringLower(Mac(key, text));

    public static string Digest(ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(SHA256.HashData(octets));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
