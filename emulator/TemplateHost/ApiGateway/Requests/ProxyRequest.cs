using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.ApiGateway.Requests;

/// <summary>Writes a request as the event that a function gets: payload format 2.0.</summary>
internal static class ProxyRequest
{
    private static readonly string[] TextTypes =
    [
        "application/json",
        "application/xml",
        "application/javascript",
        "application/x-www-form-urlencoded",
    ];

    public static JsonObject Write(HttpApiRequest request, RouteMatch match, JsonObject context)
    {
        var payload = new JsonObject
        {
            ["version"] = "2.0",
            ["routeKey"] = match.Route.Key,
            ["rawPath"] = request.RawPath,
            ["rawQueryString"] = request.RawQuery,
        };
        if (request.Headers.GetValueOrDefault("cookie") is { } cookies)
        {
            payload["cookies"] = new JsonArray([
                .. cookies
                    .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(cookie => (JsonNode)cookie),
            ]);
        }

        payload["headers"] = Object(request.Headers.Where(header => header.Key != "cookie"));
        if (request.RawQuery.Length > 0)
        {
            payload["queryStringParameters"] = Object(
                QueryText
                    .Parse(request.RawQuery)
                    .GroupBy(pair => pair.Key)
                    .Select(group => KeyValuePair.Create(group.Key, string.Join(',', group.Select(pair => pair.Value))))
            );
        }

        payload["requestContext"] = context;
        if (match.PathParameters.Count > 0)
        {
            payload["pathParameters"] = Object(match.PathParameters);
        }

        WriteBody(payload, request);
        return payload;
    }

    public static JsonObject Context(HttpApiRequest request, RouteMatch match, string apiId, HostContext host, string requestId)
    {
        var now = host.Time.GetUtcNow();
        var domain = request.Headers.GetValueOrDefault("host", "");
        return new JsonObject
        {
            ["accountId"] = host.AccountId,
            ["apiId"] = apiId,
            ["domainName"] = domain,
            ["domainPrefix"] = domain.Split('.', ':')[0],
            ["http"] = new JsonObject
            {
                ["method"] = request.Method,
                ["path"] = request.RawPath,
                ["protocol"] = request.Protocol,
                ["sourceIp"] = request.SourceIp,
                ["userAgent"] = request.Headers.GetValueOrDefault("user-agent", ""),
            },
            ["requestId"] = requestId,
            ["routeKey"] = match.Route.Key,
            ["stage"] = "$default",
            ["time"] = now.ToString("dd/MMM/yyyy:HH:mm:ss '+0000'", CultureInfo.InvariantCulture),
            ["timeEpoch"] = now.ToUnixTimeMilliseconds(),
        };
    }

    private static void WriteBody(JsonObject payload, HttpApiRequest request)
    {
        var isText = IsText(request.Headers.GetValueOrDefault("content-type", ""));
        if (!request.Body.IsEmpty)
        {
            payload["body"] = isText ? Encoding.UTF8.GetString(request.Body.Span) : Convert.ToBase64String(request.Body.Span);
        }

        payload["isBase64Encoded"] = !request.Body.IsEmpty && !isText;
    }

    private static bool IsText(string contentType)
    {
        var type = contentType.Split(';')[0].Trim().ToLowerInvariant();
        return type.StartsWith("text/", StringComparison.Ordinal)
            || type.EndsWith("+json", StringComparison.Ordinal)
            || TextTypes.Contains(type);
    }

    private static JsonObject Object(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
