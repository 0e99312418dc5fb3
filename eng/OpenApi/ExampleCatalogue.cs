using System.Text.Json.Nodes;

namespace FairShare.OpenApi;

/// <summary>Requests and answers of calls that were made: what <c>FAIRSHARE_EXAMPLES=1</c> has a tour of the service note.</summary>
public sealed class ExampleCatalogue
{
    private readonly JsonObject examples;

    private ExampleCatalogue(JsonObject examples) => this.examples = examples;

    /// <summary>Reads the noted ones.</summary>
    public static ExampleCatalogue Load()
    {
        using var file = typeof(ExampleCatalogue).Assembly.GetManifestResourceStream("examples.json")!;
        return new(JsonNode.Parse(file)!.AsObject());
    }

    /// <summary>The calls that have an example.</summary>
    public IEnumerable<string> Names => examples.Select(one => one.Key);

    /// <summary>The example of a call's request.</summary>
    /// <returns>Null where none was noted.</returns>
    public JsonNode? RequestOf(string call) => examples[call]?["request"]?.DeepClone();

    /// <summary>The example of a call's answer.</summary>
    /// <returns>Null where none was noted.</returns>
    public JsonNode? AnswerOf(string call) => examples[call]?["answer"]?.DeepClone();
}
