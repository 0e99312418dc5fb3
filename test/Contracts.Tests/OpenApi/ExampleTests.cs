using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace FairShare.Contracts.Tests.OpenApi;

public sealed class ExampleTests
{
    private static readonly JsonNode Document = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "openapi.json")))!;

    private static List<(string Call, JsonNode Media)> Examples =>
        [
            .. from path in Document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            from content in ContentsOf(operation.Value!)
            from media in content.AsObject()
            where media.Value!["example"] is not null
            select (operation.Value!["operationId"]!.ToString(), media.Value),
        ];

    [Fact]
    public void Examples_OfAllCalls_FitTheirSchemas()
    {
        Assert.True(Examples.Count > 40, $"Only {Examples.Count} examples were found.");
        foreach (var (call, media) in Examples)
        {
            Assert.True(Fits(media["schema"]!, media["example"]!), $"The example of {call} does not fit its schema.");
        }
    }

    [Fact]
    public void Examples_WithAMemberMore_DoNotFit()
    {
        foreach (var (call, media) in Examples)
        {
            var changed = media["example"]!.DeepClone().AsObject();
            changed["colour"] = "red";
            Assert.False(Fits(media["schema"]!, changed), $"The schema of {call} takes any member.");
        }
    }

    // Answers are open for later releases; an example of this one has nothing that is not described.
    private static bool Fits(JsonNode schema, JsonNode example)
    {
        var definitions = Document["components"]!["schemas"]!.DeepClone();
        foreach (var (_, definition) in definitions.AsObject())
        {
            definition!["additionalProperties"] ??= false;
        }

        var text = new JsonObject { ["$defs"] = definitions, ["allOf"] = new JsonArray(schema.DeepClone()) }.ToJsonString();
        using var value = JsonDocument.Parse(example.ToJsonString());
        return JsonSchema
            .FromText(text.Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))
            .Evaluate(value.RootElement)
            .IsValid;
    }

    private static IEnumerable<JsonNode> ContentsOf(JsonNode operation) =>
        operation["responses"]!
            .AsObject()
            .Select(response => response.Value!["content"])
            .Append(operation["requestBody"]?["content"])
            .OfType<JsonNode>();
}
