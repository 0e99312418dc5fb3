using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TemplateHost.Testing;

/// <summary>Signs requests with Signature Version 4, from its specification: not the host's code, so that each checks the other.</summary>
public sealed class RequestSigner(string accessKeyId, string secretAccessKey, string? sessionToken, TimeProvider time)
{
    public async Task SignAsync(HttpRequestMessage request, string service, string region = "us-east-1", string? payload = null)
    {
        var moment = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync();
        var digest = payload ?? Convert.ToHexStringLower(SHA256.HashData(body));
        request.Headers.Add("x-amz-date", moment);
        request.Headers.Add("x-amz-content-sha256", digest);
        if (sessionToken is not null)
        {
            request.Headers.Add("x-amz-security-token", sessionToken);
        }

        var (names, canonical) = Canonical(request, digest);
        var scope = $"{moment[..8]}/{region}/{service}/aws4_request";
        var text = $"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Convert.ToHexStringLower(Mac(Key(moment[..8], region, service), text));
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={accessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}"
        );
    }

    /// <summary>The address with a signature in its query: good for a request to S3 of that method and of any body.</summary>
    public Uri Presign(HttpMethod method, Uri address, TimeSpan lifetime)
    {
        var moment = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{moment[..8]}/us-east-1/s3/aws4_request";
        var query = address
            .Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Append("X-Amz-Algorithm=AWS4-HMAC-SHA256")
            .Append("X-Amz-Credential=" + Uri.EscapeDataString($"{accessKeyId}/{scope}"))
            .Append("X-Amz-Date=" + moment)
            .Append($"X-Amz-Expires={(int)lifetime.TotalSeconds}")
            .Append("X-Amz-SignedHeaders=host")
            .Order(StringComparer.Ordinal);
        var pairs = string.Join('&', query);
        var canonical = $"{method}\n{address.AbsolutePath}\n{pairs}\nhost:{address.Authority}\n\nhost\nUNSIGNED-PAYLOAD";
        var text = $"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Convert.ToHexStringLower(Mac(Key(moment[..8], "us-east-1", "s3"), text));
        return new Uri($"{address.GetLeftPart(UriPartial.Path)}?{pairs}&X-Amz-Signature={signature}");
    }

    private static (string Names, string Request) Canonical(HttpRequestMessage request, string digest)
    {
        var headers = request
            .Headers.Where(header => header.Key.StartsWith("x-amz", StringComparison.OrdinalIgnoreCase))
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(',', header.Value).Trim()))
            .Append((Name: "host", Value: request.RequestUri!.Authority))
            .OrderBy(header => header.Name, StringComparer.Ordinal)
            .ToList();
        var names = string.Join(';', headers.Select(header => header.Name));
        var lines = string.Concat(headers.Select(header => $"{header.Name}:{header.Value}\n"));
        var query = string.Join(
            '&',
            request.RequestUri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)
        );
        var path = string.Join('/', request.RequestUri.AbsolutePath.Split('/').Select(Uri.EscapeDataString));
        return (names, $"{request.Method}\n{path}\n{query}\n{lines}\n{names}\n{digest}");
    }

    private byte[] Key(string date, string region, string service) =>
        Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), date), region), service), "aws4_request");

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
