using System.Text;
using System.Text.Json.Nodes;
using FairShare.Core.Jose;
using TemplateHost.Testing.Fuzzing;

namespace FairShare.Scenarios.Tests.Fuzz;

/// <summary>Draws requests that are nearly right: of each call in turn, from what clients said before.</summary>
/// <param name="operations">The API's calls.</param>
/// <param name="recorded">What clients said.</param>
/// <param name="tokens">Access tokens of parties.</param>
/// <param name="signers">Whose signatures tokens get that were changed; empty for none.</param>
internal sealed class RequestDraw(
    IReadOnlyList<ApiOperation> operations,
    RecordedCalls recorded,
    IReadOnlyList<string> tokens,
    IReadOnlyList<ITokenSigner> signers
)
{
    private static readonly string[] Escapes = ["\\ud800", "\\u0000", "{", "[", ",", "\"", "1e9999"];

    /// <summary>Makes a body anew whose parts must fit each other, which a change anywhere would end; null where it need not.</summary>
    public Func<JsonNode, Random, JsonNode?> Renew { get; init; } = (_, _) => null;

    /// <summary>A request of the number's call.</summary>
    public DrawnRequest Draw(int number, Random random)
    {
        var operation = operations[number % operations.Count];
        var headers = new List<(string Name, string Value)>();
        if (tokens.Count > 0 && random.Next(12) > 0)
        {
            var token = tokens[random.Next(tokens.Count)];
            headers.Add(("Authorization", $"Bearer {(random.Next(20) > 0 ? token : Printable(JwsMutator.Mutate(token, random)))}"));
        }

        var query = new List<string>();
        foreach (var (name, place) in operation.Parameters.Where(_ => random.Next(3) > 0))
        {
            var value = Value(name, random);
            if (place == "header")
            {
                headers.Add((name, Printable(value)));
            }
            else
            {
                query.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }

        var path = operation.Segments.Select(part => part.StartsWith('{') ? Segment(part.Trim('{', '}'), random) : part);
        var target = $"/{string.Join('/', path)}{(query.Count > 0 ? "?" + string.Join('&', query) : "")}";
        return new DrawnRequest(operation, target, headers, Body(operation, random));
    }

    // A client takes "." and ".." out of a path before it is sent.
    private string Segment(string name, Random random)
    {
        var drawn = recorded.Text(name, random) is { } known && random.Next(8) > 0 ? known : Value(name, random);
        return drawn.Trim('.').Length == 0 ? "x" : Uri.EscapeDataString(drawn);
    }

    private string Value(string name, Random random)
    {
        var known = recorded.Text(name, random) ?? "1";
        return random.Next(3) == 0 ? known : Wellformed(TextMutator.Mutate(known, random));
    }

    private byte[]? Body(ApiOperation operation, Random random)
    {
        if (operation.MediaType is not null && !operation.MediaType.Contains("json", StringComparison.Ordinal))
        {
            return OctetMutator.Mutate("0\x03\x02\x01\x01"u8.ToArray(), random);
        }

        if (recorded.Body(operation, random) is not { } body)
        {
            return null;
        }

        var renewed = random.Next(4) > 0 ? Renew(body.DeepClone(), random) : null;
        var spliced = renewed ?? Spliced(body.DeepClone(), random);
        var isWhole = random.Next(6) < (renewed is null ? 1 : 5);
        var text = (isWhole ? spliced : new JsonMutator(random).Mutate(spliced))?.ToJsonString() ?? "null";
        if (isWhole && renewed is not null)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        return random.Next(8) switch
        {
            0 => OctetMutator.Mutate(Encoding.UTF8.GetBytes(text), random),
            1 => Encoding.UTF8.GetBytes(TextMutator.Mutate(text, random, Escapes)),
            _ => Encoding.UTF8.GetBytes(text),
        };
    }

    // Members of other calls in the place of its own; and of its tokens some that say something else, signed.
    private JsonNode Spliced(JsonNode node, Random random)
    {
        foreach (var (name, value) in node is JsonObject map ? [.. map] : new List<KeyValuePair<string, JsonNode?>>())
        {
            if (value is JsonValue held && held.TryGetValue(out string? text))
            {
                node[name] =
                    text.Split('.').Length == 3 && random.Next(3) > 0 ? Resigned(text, random)
                    : random.Next(3) == 0 ? recorded.Text(name, random) ?? text
                    : text;
            }
            else if (value is not null)
            {
                Spliced(value, random);
            }
        }

        return node;
    }

    private string Resigned(string token, Random random)
    {
        var changed = JwsMutator.Mutate(token, random);
        if (signers.Count == 0 || changed.Split('.') is not [var header, var payload, _])
        {
            return changed;
        }

        var input = Encoding.UTF8.GetBytes($"{header}.{payload}");
        var signature = signers[random.Next(signers.Count)].SignAsync(input, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return $"{header}.{payload}.{System.Buffers.Text.Base64Url.EncodeToString(signature)}";
    }

    private static string Printable(string text) => new([.. text.Where(symbol => symbol is >= ' ' and <= '~')]);

    private static string Wellformed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
