using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace FairShare.OpenApi;

/// <summary>A page for people of an OpenAPI document: one file without scripts, the same for the same document.</summary>
/// <param name="document">The document, as <see cref="ApiDescription"/> writes it.</param>
public sealed class ReferencePage(JsonNode document)
{
    private const string Style = """
        body { margin: 2rem auto; padding: 0 1rem; max-width: 60rem; font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark }
        article { border-top: 1px solid #8888; margin-top: 2rem } table { border-collapse: collapse; width: 100% }
        td, th { border: 1px solid #8888; padding: .25rem .5rem; text-align: left; vertical-align: top }
        pre { overflow: auto; padding: .5rem; border: 1px solid #8888; max-height: 24rem } code { overflow-wrap: anywhere }
        """;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private IEnumerable<(string Path, string Method, JsonNode Operation)> Operations =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (path.Key, operation.Key.ToUpperInvariant(), operation.Value);

    /// <summary>The page.</summary>
    /// <returns>HTML that is well-formed XML too, and ends with a line feed.</returns>
    public string Write()
    {
        var title = Text(document["info"]!["title"]);
        var page = new XElement(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width")),
                new XElement("title", $"{title}: calls of the API"),
                new XElement("style", Style)
            ),
            new XElement(
                "body",
                new XElement("h1", title),
                new XElement("p", Text(document["info"]!["description"])),
                new XElement("nav", Tags().Select(IndexOf)),
                Tags().SelectMany(SectionOf),
                new XElement("h2", "Records"),
                document["components"]!["schemas"]!.AsObject().Select(one => RecordOf(one.Key, one.Value!))
            )
        );
        return $"<!DOCTYPE html>\n{page}\n";
    }

    private IEnumerable<JsonNode> Tags() => document["tags"]!.AsArray().OfType<JsonNode>();

    private IEnumerable<(string Path, string Method, JsonNode Operation)> OfTag(JsonNode tag) =>
        Operations.Where(one => Text(one.Operation["tags"]![0]) == Text(tag["name"]));

    private XElement IndexOf(JsonNode tag) =>
        new(
            "section",
            new XElement("h2", Text(tag["name"])),
            new XElement("ul", OfTag(tag).Select(one => new XElement("li", Link($"#{NameOf(one.Operation)}", $"{one.Method} {one.Path}"))))
        );

    private IEnumerable<XElement> SectionOf(JsonNode tag) =>
        [new XElement("h2", Text(tag["name"])), new XElement("p", Text(tag["description"])), .. OfTag(tag).Select(ArticleOf)];

    private static XElement ArticleOf((string Path, string Method, JsonNode Operation) one) =>
        new(
            "article",
            new XAttribute("id", NameOf(one.Operation)),
            new XElement("h3", new XElement("code", $"{one.Method} {one.Path}")),
            new XElement("p", Text(one.Operation["description"])),
            ParametersOf(one.Operation["parameters"]!.AsArray()),
            one.Operation["requestBody"] is { } body ? ContentOf("Request", body["content"]!) : null,
            one.Operation["responses"]!.AsObject().SelectMany(response => ResponseOf(response.Key, response.Value!))
        );

    private static XElement? ParametersOf(JsonArray parameters) =>
        parameters.Count == 0
            ? null
            : TableOf(
                ["Parameter", "in", "what"],
                parameters.Select(one => new object[] { Text(one!["name"]), Text(one["in"]), Text(one["description"]) })
            );

    private static IEnumerable<XElement> ResponseOf(string status, JsonNode response) =>
        status[0] == '2'
            ? ContentOf($"Answer {status}", response["content"]!)
            : [new XElement("h4", $"Refusal {status}"), new XElement("p", Text(response["description"]).ReplaceLineEndings(" "))];

    private static IEnumerable<XElement> ContentOf(string heading, JsonNode content)
    {
        foreach (var (type, media) in content.AsObject())
        {
            yield return new XElement("h4", $"{heading}: ", media!["schema"] is { } schema ? TypeOf(schema) : type);
            if (media["example"] is { } example)
            {
                yield return new XElement("pre", example.ToJsonString(Indented));
            }
        }
    }

    private static XElement RecordOf(string name, JsonNode schema)
    {
        var required = (schema["required"]?.AsArray() ?? []).Select(Text).ToHashSet();
        var members = (schema["properties"]?.AsObject() ?? []).Select(member =>
            new object[]
            {
                new XElement("code", member.Key),
                TypeOf(member.Value!),
                required.Contains(member.Key) ? "always" : "",
                Text(member.Value!["description"]),
            }
        );
        return new XElement(
            "article",
            new XAttribute("id", $"record-{name}"),
            new XElement("h3", name),
            new XElement("p", Text(schema["description"])),
            TableOf(["Member", "type", "there", "what"], members)
        );
    }

    private static object TypeOf(JsonNode schema) =>
        schema["$ref"] is { } reference && Text(reference).Split('/')[^1] is var name ? Link($"#record-{name}", name)
        : schema["items"] is { } items ? new object[] { "list of ", TypeOf(items) }
        : schema["enum"] is JsonArray values ? string.Join(", ", values.Select(Text))
        : Text(schema["format"] ?? schema["type"]) is { Length: > 0 } type ? type
        : "any";

    private static XElement TableOf(string[] headings, IEnumerable<object[]> rows) =>
        new(
            "table",
            new XElement("tr", headings.Select(heading => new XElement("th", heading))),
            rows.Select(row => new XElement("tr", row.Select(cell => new XElement("td", cell))))
        );

    private static XElement Link(string target, string text) => new("a", new XAttribute("href", target), text);

    private static string NameOf(JsonNode operation) => Text(operation["operationId"]);

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}
