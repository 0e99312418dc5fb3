using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FairShare.Testing.Oracle;

/// <summary>
/// Notes of each call that succeeds a request with its answer. docs/openapi.json has them as examples: with <c>FAIRSHARE_EXAMPLES=1</c>
/// they are written for it, and without it whatever ran must have one there.
/// </summary>
/// <param name="inner">What reaches the host.</param>
public sealed class ExampleRecorder(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // A long one shows no more than a short one.
    private const int AnswerLimit = 6000;
    private const int TextLimit = 160;

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ConcurrentDictionary<string, (int Length, JsonObject Example)> examples = new(StringComparer.Ordinal);

    /// <summary>Writes the examples, or holds those that stand against what ran.</summary>
    /// <exception cref="InvalidOperationException">A call has no example, or a request of an example has other members.</exception>
    public void Settle()
    {
        if (Environment.GetEnvironmentVariable("FAIRSHARE_EXAMPLES") == "1")
        {
            var all = examples
                .OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value.Example));
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "examples.json"), new JsonObject(all).ToJsonString(Written) + "\n");
            return;
        }

        var operations = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "openapi.json")))!["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject())
            .ToDictionary(one => one.Value!["operationId"]!.ToString(), one => one.Value!.ToJsonString());
        var missing = examples.Keys.Where(call => !operations[call].Contains("\"example\":", StringComparison.Ordinal)).ToList();
        if (missing.Count > 0)
        {
            throw new InvalidOperationException($"docs/openapi.json has no example of {string.Join(", ", missing)}.");
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = IsJson(request.Content) ? await request.Content!.ReadAsStringAsync(cancellationToken) : "";
        var response = await base.SendAsync(request, cancellationToken);
        var route = RouteOracle.Find(request.Method, request.RequestUri!.AbsolutePath);
        if (route is not null && (int)response.StatusCode == route.Success && IsJson(response.Content))
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            Note(
                route.Name,
                route.Request == typeof(Contracts.Http.None) ? "" : sent,
                await response.Content.ReadAsStringAsync(cancellationToken)
            );
        }

        return response;
    }

    private void Note(string call, string request, string answer)
    {
        var example = new JsonObject { ["answer"] = Shorten(JsonNode.Parse(answer)!) };
        if (request.Length > 0)
        {
            example["request"] = JsonNode.Parse(request);
        }

        examples.AddOrUpdate(
            call,
            (answer.Length, example),
            (_, known) => answer.Length > known.Length && answer.Length < AnswerLimit ? (answer.Length, example) : known
        );
    }

    private static JsonNode Shorten(JsonNode node) =>
        node switch
        {
            JsonObject map => new JsonObject(
                map.Select(one => KeyValuePair.Create(one.Key, one.Value is null ? null : Shorten(one.Value)))
            ),
            JsonArray list => new JsonArray([.. list.Take(2).Select(one => one is null ? null : Shorten(one))]),
            JsonValue value when value.TryGetValue(out string? text) && text.Length > TextLimit => JsonValue.Create(
                text[..TextLimit] + "…"
            ),
            _ => node.DeepClone(),
        };

    private static bool IsJson(HttpContent? content) => content?.Headers.ContentType?.MediaType == "application/json";
}
