using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using FairShare.Contracts;

namespace FairShare.OpenApi;

/// <summary>
/// The schemas of records, each once and by its name. Requests are closed, as they are read; answers are open, so that members can be
/// added.
/// </summary>
/// <param name="comments">What the records say of their members.</param>
public sealed class SchemaCatalogue(XmlComments comments)
{
    private readonly SortedDictionary<string, JsonNode> schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<(Type Type, bool IsRequest), string> names = [];

    /// <summary>The schemas that were asked for, and those that they refer to.</summary>
    public JsonObject ToJson() =>
        new(schemas.Select(schema => KeyValuePair.Create<string, JsonNode?>(schema.Key, schema.Value.DeepClone())));

    /// <summary>A reference to a record's schema.</summary>
    /// <param name="type">The record.</param>
    /// <param name="isRequest">Whether the service reads it; else it writes it.</param>
    public JsonObject Refer(Type type, bool isRequest)
    {
        if (!names.TryGetValue((type, isRequest), out var name))
        {
            // What is both read and written has two schemas.
            name = names.ContainsKey((type, !isRequest)) ? $"{type.Name}{(isRequest ? "Input" : "Output")}" : type.Name;
            names.Add((type, isRequest), name);
            schemas[name] = Export(type, isRequest);
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private JsonNode Export(Type type, bool isRequest)
    {
        var options = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, schema) => Transform(context, schema, isRequest),
        };
        return (isRequest ? ContractJson.Strict : ContractJson.Lenient).GetJsonSchemaAsNode(type, options);
    }

    private JsonObject Transform(JsonSchemaExporterContext context, JsonNode schema, bool isRequest)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var described =
            context.Path.Length > 0 && context.TypeInfo.Kind == JsonTypeInfoKind.Object ? Refer(type, isRequest)
            : type == typeof(DateTimeOffset) ? new JsonObject { ["type"] = "string", ["format"] = "date-time" }
            : type == typeof(JsonElement) ? []
            : schema as JsonObject ?? [];
        WithoutNull(described);
        if (type == typeof(long))
        {
            // Without it a generated client takes a document's size for an int.
            described["format"] = "int64";
        }

        if (TextOf(context, type) is { } text)
        {
            described["description"] = text;
        }

        return described;
    }

    private string? TextOf(JsonSchemaExporterContext context, Type type) =>
        context.Path.Length == 0 ? comments.OfType(type)
        : context.PropertyInfo is { AttributeProvider: System.Reflection.MemberInfo member } property && IsOwn(context)
            ? comments.OfMember(property.DeclaringType, member.Name)
        : null;

    // The items of a list come with the list's property.
    private static bool IsOwn(JsonSchemaExporterContext context) => context.Path.Length >= 2 && context.Path[^2] == "properties";

    // A member that is null is left out, by the service and by whoever calls it.
    private static void WithoutNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
        {
            var kept = types.Select(type => type!.GetValue<string>()).Where(type => type != "null").ToList();
            schema["type"] = kept is [var only] ? only : new JsonArray([.. kept.Select(type => (JsonNode)type)]);
        }

        // Every optional member's default is that it is left out.
        if (schema.TryGetPropertyValue("default", out var value) && value is null)
        {
            schema.Remove("default");
        }
    }
}
