using System.Globalization;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>Cross-origin resource sharing by the bucket's rules: the preflight, and the headers of every answer to a page.</summary>
internal sealed class CorsAnswers(BucketStore buckets)
{
    public AwsResponse Preflight(S3Call call)
    {
        var method = call.Request.Header("Access-Control-Request-Method") ?? "";
        var headers = (call.Request.Header("Access-Control-Request-Headers") ?? "").Split(
            ',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        if (RuleFor(call, method, headers) is not { } rule)
        {
            throw new AwsException(
                "AccessForbidden",
                "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request "
                    + "method / Access-Control-Request-Method or Access-Control-Request-Headers "
                    + "are not whitelisted by the resource's CORS spec.",
                403
            );
        }

        var response = new AwsResponse();
        Describe(response, call, rule);
        response.Headers["Access-Control-Allow-Headers"] = string.Join(", ", headers);
        return response;
    }

    /// <summary>Whether a page of the origin may send the request.</summary>
    public bool Allows(S3Call call, string origin) => RuleFor(call, origin, call.Request.Method, []) is not null;

    /// <summary>Adds what lets a page of another origin read the answer.</summary>
    public void Describe(AwsResponse response, S3Call call)
    {
        if (RuleFor(call, call.Request.Method, []) is { } rule)
        {
            Describe(response, call, rule);
        }
    }

    private static void Describe(AwsResponse response, S3Call call, CorsRule rule)
    {
        response.Headers["Access-Control-Allow-Origin"] = rule.Origins.Contains("*") ? "*" : call.Request.Header("Origin")!;
        response.Headers["Access-Control-Allow-Methods"] = string.Join(", ", rule.Methods);
        response.Headers["Access-Control-Expose-Headers"] = string.Join(", ", rule.Exposed);
        response.Headers["Vary"] = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
        if (rule.MaxAge is { } seconds)
        {
            response.Headers["Access-Control-Max-Age"] = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    private CorsRule? RuleFor(S3Call call, string method, string[] headers) =>
        call.Request.Header("Origin") is { } origin ? RuleFor(call, origin, method, headers) : null;

    private CorsRule? RuleFor(S3Call call, string origin, string method, string[] headers) =>
        buckets
            .Find(call.Bucket)
            ?.Cors.FirstOrDefault(rule =>
                rule.Origins.Any(allowed => Matches(allowed, origin))
                && rule.Methods.Contains(method)
                && headers.All(header => rule.Headers.Any(allowed => Matches(allowed.ToLowerInvariant(), header.ToLowerInvariant())))
            );

    private static bool Matches(string allowed, string text) =>
        allowed.Split('*', 2) is [var start, var end]
            ? text.Length >= start.Length + end.Length
                && text.StartsWith(start, StringComparison.Ordinal)
                && text.EndsWith(end, StringComparison.Ordinal)
            : allowed == text;
}
