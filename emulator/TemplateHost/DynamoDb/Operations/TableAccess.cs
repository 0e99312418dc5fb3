using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>Who may do what with a table, and what it costs.</summary>
internal sealed class TableAccess(HostContext host)
{
    /// <param name="keys">The items that the request names, or their keys; for a query the partition that it reads.</param>
    /// <param name="asked">What it wants to know of them.</param>
    public void Demand(
        Caller caller,
        string permission,
        StoredTable table,
        IEnumerable<JsonNode?>? keys = null,
        AskedAttributes? asked = null,
        string? index = null
    )
    {
        var definition = table.Definition;
        var context = asked?.Keys() ?? [];
        var leading = (keys ?? [])
            .Select(key => key?[definition.Keys.Hash])
            .OfType<JsonObject>()
            .Where(value => value.Count == 1)
            .Select(value => value.First().Value!.ToString())
            .Distinct()
            .ToList();
        if (leading.Count > 0)
        {
            context["dynamodb:LeadingKeys"] = string.Join('\n', leading);
        }

        var arn = index is null ? definition.Arn : $"{definition.Arn}/index/{index}";
        host.Authorizer.Demand(caller, $"dynamodb:{permission}", arn, definition.ResourcePolicy, context);
    }

    public void MeterWrite(Capacity capacity) => host.Meter.Add("dynamodb.writeRequestUnit", capacity.Total);

    public void MeterRead(Capacity capacity) => host.Meter.Add("dynamodb.readRequestUnit", capacity.Total);

    /// <summary>Puts ConsumedCapacity of several tables into the answer when the request asks for it.</summary>
    public static void Report(JsonObject answer, JsonObject input, IReadOnlyDictionary<string, Capacity> byTable)
    {
        if (input["ReturnConsumedCapacity"]?.ToString() is ("TOTAL" or "INDEXES") and var asked)
        {
            answer["ConsumedCapacity"] = new JsonArray([.. byTable.Select(table => table.Value.Describe(table.Key, asked))]);
        }
    }

    /// <summary>Puts ConsumedCapacity into the answer when the request asks for it.</summary>
    public static void Report(JsonObject answer, JsonObject input, StoredTable table, Capacity capacity)
    {
        if (capacity.Describe(table.Definition.Name, input["ReturnConsumedCapacity"]?.ToString()) is { } description)
        {
            answer["ConsumedCapacity"] = description;
        }
    }
}
