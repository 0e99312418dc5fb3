using System.Globalization;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using FairShare.Contracts;
using FairShare.Contracts.Http;
using FairShare.Core.Errors;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Http;

/// <summary>Writes what API Gateway answers with: payload format 2.0, and every refusal one problem (RFC 9457).</summary>
internal static class AnswerWriter
{
    private const string ProblemJson = "application/problem+json";

    private static readonly HashSet<string> EvidenceCodes = [.. Enum.GetValues<TokenFault>().Select(fault => fault.Code())];

    /// <summary>An answer of a route.</summary>
    public static MemoryStream Write<T>(Route route, Answer<T> answer)
    {
        if (answer.Value is RawContent raw)
        {
            return Write(raw);
        }

        var body = JsonSerializer.Serialize(answer.Value, ContractJson.Strict.TypeOf<T>());
        return answer.Location is { } location
            ? Write(202, "application/json", body, ("location", location))
            : Write(route.Success, "application/json", body);
    }

    /// <summary>A refusal.</summary>
    public static MemoryStream Write(ProtocolException problem)
    {
        var type = TypeOf(problem);
        var details = new ProblemDetails($"urn:fairshare:problem:{type.Code}", type.Title, type.Status, problem.Message, type.Code);
        var body = JsonSerializer.Serialize(details, ContractJson.Strict.TypeOf<ProblemDetails>());
        return problem is MethodNotAllowedException { Allow: var allow } ? Write(type.Status, ProblemJson, body, ("allow", allow))
            : RetryAfter(problem, type) is { } wait ? Write(type.Status, ProblemJson, body, ("retry-after", Seconds(wait)))
            : Write(type.Status, ProblemJson, body);
    }

    /// <summary>The kind behind a refusal of the libraries: evidence that a verifier refused, or a malformed value.</summary>
    private static ProblemType TypeOf(ProtocolException problem) =>
        problem is ProblemException { Type: var type } ? type
        : EvidenceCodes.Contains(problem.Code.Split(':')[0]) ? CommonProblems.InvalidEvidence with { Code = problem.Code }
        : CommonProblems.InvalidRequest with { Code = problem.Code };

    private static TimeSpan? RetryAfter(ProtocolException problem, ProblemType type) =>
        problem is LimitExceededException limit ? limit.RetryAfter
        : type.Status == CommonProblems.Busy.Status ? TimeSpan.FromSeconds(1)
        : null;

    private static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static MemoryStream Write(RawContent raw) =>
        Write(
            new APIGatewayHttpApiV2ProxyResponse
            {
                StatusCode = 200,
                Headers = new Dictionary<string, string>
                {
                    ["content-type"] = raw.MediaType,
                    ["cache-control"] = raw.IsImmutable ? "public, max-age=31536000, immutable" : "no-store",
                },
                Body = Convert.ToBase64String(raw.Content),
                IsBase64Encoded = true,
            }
        );

    private static MemoryStream Write(int status, string contentType, string body, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var all = new Dictionary<string, string> { ["content-type"] = contentType, ["cache-control"] = "no-store" };
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }

        return Write(
            new APIGatewayHttpApiV2ProxyResponse
            {
                StatusCode = status,
                Headers = all,
                Body = body,
            }
        );
    }

    private static MemoryStream Write(APIGatewayHttpApiV2ProxyResponse response) =>
        new(JsonSerializer.SerializeToUtf8Bytes(response, EventJson.Default.APIGatewayHttpApiV2ProxyResponse));
}
