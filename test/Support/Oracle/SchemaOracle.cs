using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FairShare.Contracts.Http;
using Json.Schema;

namespace FairShare.Testing.Oracle;

/// <summary>
/// Validates answers against docs/openapi.json. Its answers are open, for members that a later release adds; a member that this release
/// sends must be described.
/// </summary>
internal sealed class SchemaOracle
{
    // Where an answer has its status.
    private const string Sent = "sent";
    private const string Components = "#/components/schemas/";

    // Made when they are needed, since each has all definitions in it.
    private readonly Dictionary<(string Route, string Status, string MediaType), Lazy<JsonSchema>> schemas;

    private SchemaOracle(Dictionary<(string Route, string Status, string MediaType), Lazy<JsonSchema>> schemas) => this.schemas = schemas;

    /// <summary>Reads the document beside the tests.</summary>
    public static SchemaOracle Load()
    {
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "openapi.json")))!;
        var definitions = document["components"]!["schemas"]!.AsObject();
        foreach (var (_, schema) in definitions)
        {
            schema!["additionalProperties"] ??= false;
        }

        return new SchemaOracle(
            (
                from path in document["paths"]!.AsObject()
                from operation in path.Value!.AsObject()
                from response in operation.Value!["responses"]!.AsObject()
                from content in response.Value!["content"]!.AsObject()
                where content.Value!["schema"] is not null
                select (
                    Key: (operation.Value["operationId"]!.ToString(), response.Key, content.Key),
                    Value: new Lazy<JsonSchema>(() => SchemaOf(content.Value["schema"]!, definitions))
                )
            )
                .Concat(
                    from webhook in document["webhooks"]!.AsObject()
                    let body = webhook.Value!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!
                    select (Key: (webhook.Key, Sent, "application/json"), Value: new Lazy<JsonSchema>(() => SchemaOf(body, definitions)))
                )
                .ToDictionary(one => one.Key, one => one.Value)
        );
    }

    /// <summary>Passes what the document describes; answers without JSON it does not describe.</summary>
    /// <exception cref="InvalidOperationException">The answer does not fit, or its status and type are not described.</exception>
    public void Check(Route route, Answer answer)
    {
        if (answer.Body is null)
        {
            return;
        }

        var status = answer.Status.ToString(CultureInfo.InvariantCulture);
        if (!schemas.TryGetValue((route.Name, status, answer.ContentType), out var schema))
        {
            throw new InvalidOperationException($"openapi.json describes no answer {status} {answer.ContentType} of {route.Name}.");
        }

        Check(route.Name, schema.Value, answer.Body);
    }

    /// <summary>Passes a message to a webhook as the document describes it.</summary>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    public void CheckSent(string webhook, JsonNode message) => Check(webhook, schemas[(webhook, Sent, "application/json")].Value, message);

    private static void Check(string name, JsonSchema schema, JsonNode value)
    {
        using var body = JsonDocument.Parse(value.ToJsonString());
        var results = schema.Evaluate(body.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        if (!results.IsValid)
        {
            var faults = (results.Details ?? [])
                .Where(detail => detail.Errors is { Count: > 0 })
                .Select(detail => $"{detail.InstanceLocation} {string.Join("; ", detail.Errors!.Values)}");
            throw new InvalidOperationException($"{name}'s body is not as openapi.json says: {string.Join(", ", faults)}");
        }
    }

    private static JsonSchema SchemaOf(JsonNode schema, JsonObject definitions)
    {
        var text = new JsonObject { ["$defs"] = definitions.DeepClone(), ["allOf"] = new JsonArray(schema.DeepClone()) }.ToJsonString();
        return JsonSchema.FromText(text.Replace(Components, "#/$defs/", StringComparison.Ordinal));
    }
}
