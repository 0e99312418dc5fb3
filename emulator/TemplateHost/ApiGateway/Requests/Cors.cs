using TemplateHost.ApiGateway.Model;
using TemplateHost.Kernel;

namespace TemplateHost.ApiGateway.Requests;

/// <summary>Cross-origin rules: preflights are answered here, and answers to other origins get their headers here.</summary>
internal static class Cors
{
    /// <summary>Whether the rules name the origin, or all.</summary>
    public static bool Allows(CorsPolicy? policy, string origin) =>
        policy is not null && (policy.Origins.Contains("*") || policy.Origins.Contains(origin));

    /// <summary>The answer to a preflight; null when the request is none, or the API has no rules.</summary>
    public static HttpApiResponse? Preflight(CorsPolicy? policy, HttpApiRequest request)
    {
        if (policy is null || request.Method != "OPTIONS" || !request.Headers.ContainsKey("access-control-request-method"))
        {
            return null;
        }

        var headers = HeadersFor(policy, request);
        if (headers.Count > 0)
        {
            Add(headers, "access-control-allow-methods", string.Join(',', policy.Methods));
            Add(headers, "access-control-allow-headers", string.Join(',', policy.Headers));
            Add(headers, "access-control-max-age", policy.MaxAge?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");
        }

        return new HttpApiResponse(204, headers, default);
    }

    public static HttpApiResponse Apply(CorsPolicy? policy, HttpApiRequest request, HttpApiResponse response)
    {
        if (policy is null)
        {
            return response;
        }

        var own = response.Headers.Where(header => !header.Key.StartsWith("access-control-", StringComparison.Ordinal));
        return response with { Headers = [.. own, .. HeadersFor(policy, request)] };
    }

    private static List<KeyValuePair<string, string>> HeadersFor(CorsPolicy policy, HttpApiRequest request)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (request.Headers.GetValueOrDefault("origin") is not { } origin || !Allows(policy, origin))
        {
            return headers;
        }

        Add(headers, "access-control-allow-origin", policy.Origins.Contains("*") ? "*" : origin);
        Add(headers, "access-control-expose-headers", string.Join(',', policy.ExposedHeaders));
        Add(headers, "access-control-allow-credentials", policy.Credentials ? "true" : "");
        return headers;
    }

    private static void Add(List<KeyValuePair<string, string>> headers, string name, string value)
    {
        if (value.Length > 0)
        {
            headers.Add(new(name, value));
        }
    }
}
