using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FairShare.Scenarios.Tests.Fuzz;

/// <summary>What clients said to an API and heard from it: the bodies of each call, and the texts that stood under each name.</summary>
/// <param name="operations">The API's calls.</param>
internal sealed class RecordedCalls(IReadOnlyList<ApiOperation> operations)
{
    private const int Kept = 40;

    private readonly ConcurrentDictionary<string, List<string>> texts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<ApiOperation, List<JsonNode>> bodies = [];

    /// <summary>What stands on the way to the API.</summary>
    public DelegatingHandler Wire(HttpMessageHandler inner) => new Recorder(this, inner);

    /// <summary>Notes a call that succeeded.</summary>
    public async Task HearAsync(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            Note(request.Method, request.RequestUri!, request.Content is { } sent ? await sent.ReadAsStringAsync() : null);
            await response.Content.LoadIntoBufferAsync();
            Harvest(TryParse(await response.Content.ReadAsStringAsync()));
        }
    }

    /// <summary>A text that stood under a name; null where none did.</summary>
    public string? Text(string name, Random random)
    {
        // The documents say keyId and documentId where members are called kid and fileId.
        var aliases = name switch
        {
            "keyId" => ["keyId", "kid"],
            "documentId" => ["documentId", "fileId"],
            "itemId" => ["itemId", "id"],
            _ => new[] { name },
        };
        var known = aliases.SelectMany(alias => texts.TryGetValue(alias, out var found) ? Copy(found) : []).ToList();
        return known.Count == 0 ? null : known[random.Next(known.Count)];
    }

    /// <summary>A body that a call had, or its example.</summary>
    public JsonNode? Body(ApiOperation operation, Random random) =>
        bodies.TryGetValue(operation, out var known) && Copy(known) is { Count: > 0 } copy && random.Next(8) > 0
            ? copy[random.Next(copy.Count)]
            : operation.Body;

    private static List<T> Copy<T>(List<T> list)
    {
        lock (list)
        {
            return [.. list];
        }
    }

    private static void Keep<T>(List<T> list, T one)
    {
        lock (list)
        {
            if (list.Count < Kept)
            {
                list.Add(one);
            }
        }
    }

    private void Note(HttpMethod method, Uri uri, string? sent)
    {
        var path = uri.AbsolutePath.Trim('/').Split('/');
        if (operations.FirstOrDefault(one => one.Takes(method, path)) is not { } operation)
        {
            return;
        }

        foreach (var (name, value) in operation.Segments.Zip(path).Where(pair => pair.First.StartsWith('{')))
        {
            Keep(texts.GetOrAdd(name.Trim('{', '}'), _ => []), Uri.UnescapeDataString(value));
        }

        if (TryParse(sent) is { } body)
        {
            Keep(bodies.GetOrAdd(operation, _ => []), body);
            Harvest(body);
        }
    }

    private void Harvest(JsonNode? node)
    {
        foreach (var (name, value) in node is JsonObject map ? [.. map] : new List<KeyValuePair<string, JsonNode?>>())
        {
            if (value is JsonValue text && text.TryGetValue(out string? found))
            {
                Keep(texts.GetOrAdd(name, _ => []), found);
            }

            Harvest(value);
        }

        foreach (var item in node is JsonArray list ? [.. list] : new List<JsonNode?>())
        {
            Harvest(item);
        }
    }

    private static JsonNode? TryParse(string? text)
    {
        try
        {
            return text is { Length: > 0 } ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class Recorder(RecordedCalls owner, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await owner.HearAsync(request, response);
            return response;
        }
    }
}
