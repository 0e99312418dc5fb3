using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using TemplateHost.Kernel;

namespace FairShare.Testing;

/// <summary>Calls JSON operations of the host's AWS endpoint with a role's credentials, signed with Signature Version 4.</summary>
public sealed class SignedAwsClient(TestHost host, SessionCredentials credentials)
{
    private const string Region = "us-east-1";

    /// <summary>A client with the rights of the account's owner.</summary>
    public static SignedAwsClient OfRoot(TestHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var (id, secret) = host.Embedded.RootCredentials;
        return new(host, new SessionCredentials(id, secret, "", DateTimeOffset.MaxValue));
    }

    /// <summary>Calls an operation.</summary>
    /// <param name="service">The signing name, for example <c>sqs</c>.</param>
    /// <param name="target">X-Amz-Target, for example <c>AmazonSQS.SendMessage</c>.</param>
    /// <param name="input">The operation's input.</param>
    public async Task<Answer> CallAsync(string service, string target, JsonObject input)
    {
        using var request = Sign(service, Encoding.UTF8.GetBytes(input.ToJsonString()), "application/x-amz-json-1.0", target);
        return await host.SendAsync(request);
    }

    /// <summary>Assumes a role as STS does it, by the role's trust policy.</summary>
    /// <returns>The session's credentials; null when the role does not trust the caller under this name.</returns>
    public async Task<SessionCredentials?> AssumeRoleAsync(string roleArn, string sessionName)
    {
        var form =
            $"Action=AssumeRole&Version=2011-06-15&RoleArn={Uri.EscapeDataString(roleArn)}"
            + $"&RoleSessionName={Uri.EscapeDataString(sessionName)}";
        using var request = Sign("sts", Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded", null);
        using var response = await host.Http.SendAsync(request);
        var document = XDocument.Parse(await response.Content.ReadAsStringAsync());
        return response.IsSuccessStatusCode
                ? new SessionCredentials(Text("AccessKeyId"), Text("SecretAccessKey"), Text("SessionToken"), DateTimeOffset.MaxValue)
            : Text("Code") == "AccessDenied" ? null
            : throw new InvalidOperationException(document.ToString());

        string Text(string name) => document.Descendants().First(element => element.Name.LocalName == name).Value;
    }

    /// <summary>The name that a resource of the stack was given.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="logicalId">The resource, as the template calls it.</param>
    public async Task<string> PhysicalIdAsync(string stack, string logicalId)
    {
        var form = $"Action=DescribeStackResource&Version=2010-05-15&StackName={stack}&LogicalResourceId={logicalId}";
        using var request = Sign("cloudformation", Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded", null);
        using var response = await host.Http.SendAsync(request);
        var document = XDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.Descendants().First(element => element.Name.LocalName == "PhysicalResourceId").Value;
    }

    private HttpRequestMessage Sign(string service, byte[] body, string contentType, string? target)
    {
        var address = new Uri(host.Embedded.AwsUrl + "/");
        var stamp = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = address.Authority, ["x-amz-date"] = stamp };
        if (target is not null)
        {
            headers["x-amz-target"] = target;
        }

        if (credentials.SessionToken.Length > 0)
        {
            headers["x-amz-security-token"] = credentials.SessionToken;
        }

        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new(contentType);
        foreach (var (name, value) in headers.Where(header => header.Key != "host"))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("Authorization", Authorize(service, stamp, headers, body));
        return request;
    }

    private string Authorize(string service, string stamp, SortedDictionary<string, string> headers, byte[] body)
    {
        var scope = $"{stamp[..8]}/{Region}/{service}/aws4_request";
        var names = string.Join(';', headers.Keys);
        var canonical = string.Join(
            '\n',
            ["POST", "/", "", .. headers.Select(header => $"{header.Key}:{header.Value}"), "", names, Hex(SHA256.HashData(body))]
        );
        var toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope
            .Split('/')
            .Aggregate(
                Encoding.UTF8.GetBytes("AWS4" + credentials.SecretAccessKey),
                (current, part) => HMACSHA256.HashData(current, Encoding.UTF8.GetBytes(part))
            );
        var signature = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        return $"AWS4-HMAC-SHA256 Credential={credentials.AccessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}";
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
