using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Expressions;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>PutItem, UpdateItem, DeleteItem.</summary>
internal sealed class ItemWriteOperations(HostContext context, TableCatalog tables, TableAccess access, ItemsInFlight inFlight)
{
    private readonly WriteActionReader reader = new(tables);

    public Task<JsonObject> PutAsync(JsonCall call) => RunAsync(call, reader.Put, "NONE", "ALL_OLD");

    public Task<JsonObject> UpdateAsync(JsonCall call) =>
        RunAsync(call, reader.Update, "NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW");

    public Task<JsonObject> DeleteAsync(JsonCall call) => RunAsync(call, reader.Delete, "NONE", "ALL_OLD");

    private async Task<JsonObject> RunAsync(JsonCall call, Func<JsonObject, WriteAction> read, params string[] allowedReturns)
    {
        var returns = call.Input["ReturnValues"]?.ToString() ?? "NONE";
        if (!allowedReturns.Contains(returns))
        {
            throw Invalid.Request(
                returns is "ALL_NEW" or "UPDATED_OLD" or "UPDATED_NEW"
                    ? "ReturnValues can only be ALL_OLD or NONE"
                    : $"1 validation error detected: Value '{returns}' at 'returnValues' failed to satisfy constraint: Member must "
                        + "satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]"
            );
        }

        var action = read(call.Input);
        access.Demand(call.Caller, action.Permission, action.Table, [call.Input["Key"] ?? call.Input["Item"]]);
        var outcome = await WriteAsync(action);
        access.MeterWrite(outcome.Capacity);
        var answer = new JsonObject();
        if (Returned(returns, action, outcome) is { Attributes.Count: > 0 } attributes)
        {
            answer["Attributes"] = attributes.ToJson();
        }

        TableAccess.Report(answer, call.Input, action.Table, outcome.Capacity);
        ItemCollections.Report(answer, call.Input, action);
        return answer;
    }

    private async Task<WriteOutcome> WriteAsync(WriteAction action)
    {
        using var entered = inFlight.Enter(action);
        try
        {
            return await context.Store.WriteAsync(session => new ItemWriter(session, context.Time.GetUtcNow()).Write(action));
        }
        catch (ConditionFailedException failed)
        {
            throw new AwsException("ConditionalCheckFailedException", failed.Message)
            {
                Members = failed.Item is null
                    ? new Dictionary<string, JsonNode?>()
                    : new Dictionary<string, JsonNode?> { ["Item"] = failed.Item.ToJson() },
            };
        }
    }

    private static Item? Returned(string returns, WriteAction action, WriteOutcome outcome) =>
        returns switch
        {
            "ALL_OLD" => outcome.Before,
            "ALL_NEW" => outcome.After,
            "UPDATED_OLD" => Updated(action, outcome.Before),
            "UPDATED_NEW" => Updated(action, outcome.After),
            _ => null,
        };

    private static Item? Updated(WriteAction action, Item? item) =>
        item is null ? null : new Projection([.. ((UpdateItemAction)action).Update.Paths]).Apply(item);
}
