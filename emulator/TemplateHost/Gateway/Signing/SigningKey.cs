using System.Security.Cryptography;
using System.Text;

namespace TemplateHost.Gateway.Signing;

/// <summary>The key that Signature Version 4 derives from a secret key for one scope, and what it signs.</summary>
internal sealed class SigningKey
{
    private readonly byte[] key;

    public SigningKey(string secretAccessKey, CredentialScope scope)
    {
        var date = Mac(Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), scope.Date);
        key = Mac(Mac(Mac(date, scope.Region), scope.Service), "aws4_request");
    }

    /// <summary>The signature of a request.</summary>
    /// <param name="payloadDigest">The payload's digest as the request declares it, or as it was computed.</param>
    public string SignRequest(WireRequest request, SignatureClaim claim, string payloadDigest)
    {
        var digest = Digest(Encoding.UTF8.GetBytes(Canonical(request, claim, payloadDigest)));
        return Sign($"{SignatureClaim.Algorithm}\n{claim.Time}\n{claim.Scope.Text}\n{digest}");
    }

    public string Sign(string text) => Convert.ToHexStringLower(Mac(key, text));

    public static string Digest(ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(SHA256.HashData(octets));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    /// <summary>The text that is signed of a request: method, path, query, signed headers, payload digest.</summary>
    private static string Canonical(WireRequest request, SignatureClaim claim, string payloadDigest)
    {
        var text = new StringBuilder();
        text.Append(request.Method)
            .Append('\n')
            .Append(Path(request.RawPath, claim.Scope.Service))
            .Append('\n')
            .Append(Query(request.RawQuery))
            .Append('\n');
        foreach (var name in claim.SignedHeaders)
        {
            text.Append(name).Append(':').Append(Collapse(request.Header(name) ?? "")).Append('\n');
        }

        return text.Append('\n').AppendJoin(';', claim.SignedHeaders).Append('\n').Append(payloadDigest).ToString();
    }

    /// <summary>Everything but S3 encodes the path once more; of an S3 key every slash stands, however it was sent.</summary>
    private static string Path(string rawPath, string service)
    {
        if (service == "s3")
        {
            return string.Join('/', Uri.UnescapeDataString(rawPath).Split('/').Select(Encode));
        }

        return string.Join('/', rawPath.Split('/').Select(segment => Encode(Encode(Uri.UnescapeDataString(segment)))));
    }

    private static string Query(string rawQuery)
    {
        var pairs = QueryText
            .Parse(rawQuery)
            .Where(pair => pair.Key != "X-Amz-Signature")
            .Select(pair => (Name: Encode(pair.Key), Value: Encode(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal);
        return string.Join('&', pairs.Select(pair => $"{pair.Name}={pair.Value}"));
    }

    /// <summary>RFC 3986: all but the unreserved characters.</summary>
    private static string Encode(string text) => Uri.EscapeDataString(text);

    private static string Collapse(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
