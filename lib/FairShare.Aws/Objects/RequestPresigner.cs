using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace FairShare.Aws.Objects;

/// <summary>
/// Signs requests to S3 in their query string (Signature Version 4). The SDK's own presigner knows neither CompleteMultipartUpload nor
/// ListParts, and one way for all keeps the rule plain: what must hold of a request is among its signed headers.
/// </summary>
/// <param name="credentials">The function's own credentials; a presigned request can do what they can, and ends with them.</param>
/// <param name="bucketUrl">The bucket's URL without a slash at its end.</param>
/// <param name="region">The bucket's region.</param>
/// <param name="time">The clock.</param>
public sealed class RequestPresigner(AWSCredentials credentials, string bucketUrl, string region, TimeProvider time)
{
    /// <summary>Signs one request.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="query">Query parameters, without those of the signature.</param>
    /// <param name="headers">Headers that must be sent exactly so.</param>
    /// <param name="validFor">One second to seven days.</param>
    public async Task<PresignedRequest> SignAsync(
        string method,
        string key,
        IReadOnlyDictionary<string, string> query,
        IReadOnlyDictionary<string, string> headers,
        TimeSpan validFor
    )
    {
        var keys = await credentials.GetCredentialsAsync();
        var now = time.GetUtcNow();
        var url = new Uri($"{bucketUrl}/{EncodePath(key)}");
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = url.Authority };
        foreach (var (name, value) in headers)
        {
            signed[name.ToLowerInvariant()] = value;
        }

        var scope = $"{now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}/{region}/s3/aws4_request";
        var parameters = new SortedDictionary<string, string>(query.ToDictionary(), StringComparer.Ordinal)
        {
            ["X-Amz-Algorithm"] = "AWS4-HMAC-SHA256",
            ["X-Amz-Credential"] = $"{keys.AccessKey}/{scope}",
            ["X-Amz-Date"] = Stamp(now),
            ["X-Amz-Expires"] = ((long)validFor.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            ["X-Amz-SignedHeaders"] = string.Join(';', signed.Keys),
        };
        if (keys.UseToken)
        {
            parameters["X-Amz-Security-Token"] = keys.Token;
        }

        var canonicalQuery = string.Join('&', parameters.Select(pair => $"{Encode(pair.Key)}={Encode(pair.Value)}"));
        var canonical = string.Join(
            '\n',
            [
                method,
                url.AbsolutePath,
                canonicalQuery,
                .. signed.Select(pair => $"{pair.Key}:{pair.Value}"),
                "",
                string.Join(';', signed.Keys),
                "UNSIGNED-PAYLOAD",
            ]
        );
        var toSign = string.Join('\n', "AWS4-HMAC-SHA256", Stamp(now), scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var signature = Hex(HMACSHA256.HashData(SigningKey(keys.SecretKey, scope), Encoding.UTF8.GetBytes(toSign)));
        return new PresignedRequest(
            method,
            $"{url.GetLeftPart(UriPartial.Path)}?{canonicalQuery}&X-Amz-Signature={signature}",
            headers,
            now + validFor
        );
    }

    private static byte[] SigningKey(string secret, string scope)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return key;
    }

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string EncodePath(string key) => string.Join('/', key.Split('/').Select(Encode));

    private static string Encode(string text) => Uri.EscapeDataString(text);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
