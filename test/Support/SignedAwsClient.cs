using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FairShare.Local.Identity;

namespace FairShare.Testing;

/// <summary>Calls JSON operations of the host's AWS endpoint with a role's credentials, signed with Signature Version 4.</summary>
public sealed class SignedAwsClient(TestHost host, SessionCredentials credentials)
{
    private const string Region = "us-east-1";

    /// <summary>Calls an operation.</summary>
    /// <param name="service">The signing name, for example <c>sqs</c>.</param>
    /// <param name="target">X-Amz-Target, for example <c>AmazonSQS.SendMessage</c>.</param>
    /// <param name="input">The operation's input.</param>
    public async Task<Answer> CallAsync(string service, string target, JsonObject input)
    {
        var body = Encoding.UTF8.GetBytes(input.ToJsonString());
        var address = new Uri(host.Embedded.AwsUrl + "/");
        var stamp = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = address.Authority,
            ["x-amz-date"] = stamp,
            ["x-amz-target"] = target,
        };
        if (credentials.SessionToken.Length > 0)
        {
            headers["x-amz-security-token"] = credentials.SessionToken;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.0");
        foreach (var (name, value) in headers.Where(header => header.Key != "host"))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("Authorization", Authorize(service, stamp, headers, body));
        return await host.SendAsync(request);
    }

    private string Authorize(string service, string stamp, SortedDictionary<string, string> headers, byte[] body)
    {
        var scope = $"{stamp[..8]}/{Region}/{service}/aws4_request";
        var names = string.Join(';', headers.Keys);
        var canonical = string.Join('\n', ["POST", "/", "", .. headers.Select(header => $"{header.Key}:{header.Value}"), "", names, Hex(SHA256.HashData(body))]);
        var toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Split('/').Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + credentials.SecretAccessKey), (current, part) => HMACSHA256.HashData(current, Encoding.UTF8.GetBytes(part)));
        var signature = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        return $"AWS4-HMAC-SHA256 Credential={credentials.AccessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}";
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
