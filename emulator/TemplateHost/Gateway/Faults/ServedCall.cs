using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway.Faults;

/// <summary>One call of a service that was answered, or refused.</summary>
/// <param name="At">When the answer was ready, on the host's clock.</param>
/// <param name="Service">The service's signing name; <c>execute-api</c> for the HTTP API.</param>
/// <param name="Operation">The operation, where X-Amz-Target or a workflow names it; else the HTTP method and the path.</param>
/// <param name="Outcome">The HTTP status, or the code of the refusal.</param>
/// <param name="Digest">The first 16 hexadecimal digits of the answer's SHA-256; empty where there is no body, or where it streams.</param>
public sealed record ServedCall(DateTimeOffset At, string Service, string Operation, string Outcome, string Digest)
{
    internal static ServedCall Answered(DateTimeOffset at, string service, string operation, object? answer) =>
        answer switch
        {
            AwsResponse response => new(at, service, operation, $"{response.Status}", DigestOf(response.Body.Span)),
            JsonObject body => new(at, service, operation, "200", DigestOf(Encoding.UTF8.GetBytes(body.ToJsonString()))),
            _ => new(at, service, operation, "200", ""),
        };

    internal static ServedCall Refused(DateTimeOffset at, string service, string operation, string code) =>
        new(at, service, operation, code, "");

    private static string DigestOf(ReadOnlySpan<byte> body) => body.IsEmpty ? "" : Convert.ToHexStringLower(SHA256.HashData(body))[..16];
}
