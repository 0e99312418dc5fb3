using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.ApiGateway.Requests;

/// <summary>Reads what a function answered: payload format 2.0, or any other JSON, which then is the body.</summary>
internal static class ProxyAnswer
{
    public static HttpApiResponse? Read(string payload)
    {
        try
        {
            return JsonNode.Parse(payload) is JsonObject { } answer && answer.ContainsKey("statusCode")
                ? ReadFormatted(answer)
                : Answers.Json(200, payload);
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static HttpApiResponse ReadFormatted(JsonObject answer)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in answer["headers"] as JsonObject ?? [])
        {
            // The server itself frames the body.
            if (!string.Equals(name, "content-length", StringComparison.OrdinalIgnoreCase))
            {
                headers.Add(new(name.ToLowerInvariant(), value?.ToString() ?? ""));
            }
        }

        foreach (var cookie in answer["cookies"] as JsonArray ?? [])
        {
            headers.Add(new("set-cookie", cookie!.GetValue<string>()));
        }

        var text = answer["body"]?.GetValue<string>() ?? "";
        var body = answer["isBase64Encoded"]?.GetValue<bool>() is true ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text);
        if (body.Length > 0 && headers.TrueForAll(header => header.Key != "content-type"))
        {
            headers.Add(new("content-type", "text/plain;charset=UTF-8"));
        }

        return new HttpApiResponse((int)JsonValuesOf(answer["statusCode"]!), headers, body);
    }

    private static double JsonValuesOf(JsonNode status) =>
        double.Parse(status.ToString(), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The answers that the API gives by itself.</summary>
internal static class Answers
{
    public static HttpApiResponse Message(int status, string message) => Json(status, $$"""{"message":"{{message}}"}""");

    public static HttpApiResponse Json(int status, string body) =>
        new(status, [new("content-type", "application/json")], Encoding.UTF8.GetBytes(body));

    /// <summary>401; the header says why, as RFC 6750 has it, when a token was given.</summary>
    public static HttpApiResponse Unauthorized(string? description) =>
        new(
            401,
            [
                new("content-type", "application/json"),
                new(
                    "www-authenticate",
                    description is null ? "Bearer" : $"Bearer scope=\"\" error=\"invalid_token\" error_description=\"{description}\""
                ),
            ],
            Encoding.UTF8.GetBytes("""{"message":"Unauthorized"}""")
        );
}
