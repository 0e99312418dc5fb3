using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>
/// CreateTable, DescribeTable, ListTables, UpdateTable, DeleteTable, and time to live. A table is CREATING for a moment before it can be
/// used.
/// </summary>
internal sealed class TableOperations(HostContext context, TableCatalog tables)
{
    /// <summary>AWS takes seconds; callers that do not wait are found out all the same.</summary>
    private static readonly TimeSpan CreationTime = TimeSpan.FromMilliseconds(100);

    /// <summary>How many tables one page of ListTables names.</summary>
    private const int MostNames = 100;

    public async Task<JsonObject> CreateAsync(JsonCall call)
    {
        var name =
            call.Input["TableName"]?.ToString()
            ?? throw Invalid.Request("The parameter 'TableName' is required but was not present in the request");
        context.Authorizer.Demand(call.Caller, call.Right, context.Arn("dynamodb", $"table/{name}"));
        if (tables.Find(name) is not null)
        {
            throw new AwsException("ResourceInUseException", $"Table already exists: {name}");
        }

        var definition = TableDeclaration.Read(context, name, call.Input) with { ActiveFrom = context.Time.GetUtcNow() + CreationTime };
        await tables.PutAsync(definition);
        return new JsonObject { ["TableDescription"] = TableDescription.Of(definition, 0, "CREATING") };
    }

    public Task<JsonObject> DescribeAsync(JsonCall call)
    {
        var table = Find(call);
        return Task.FromResult(new JsonObject { ["Table"] = TableDescription.Of(table.Definition, CountItems(table), StatusOf(table)) });
    }

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        context.Authorizer.Demand(call.Caller, call.Right, "*");
        var limit = call.Input["Limit"]?.GetValue<int>() ?? MostNames;
        if (limit is < 1 or > MostNames)
        {
            throw Invalid.Request(
                $"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value "
                    + $"between 1 and {MostNames}"
            );
        }

        var start = call.Input["ExclusiveStartTableName"]?.ToString() ?? "";
        var names = tables.All.Select(table => table.Definition.Name).Where(name => string.CompareOrdinal(name, start) > 0).ToList();
        var answer = new JsonObject { ["TableNames"] = new JsonArray([.. names.Take(limit).Select(name => JsonValue.Create(name))]) };
        if (names.Count > limit)
        {
            answer["LastEvaluatedTableName"] = names[limit - 1];
        }

        return Task.FromResult(answer);
    }

    public async Task<JsonObject> UpdateAsync(JsonCall call)
    {
        var table = FindActive(call);
        var definition = TableDeclaration.WithStream(
            context,
            table.Definition,
            call.Input["StreamSpecification"] as JsonObject ?? StreamOf(table.Definition)
        );
        definition = definition with
        {
            DeletionProtection = call.Input["DeletionProtectionEnabled"]?.GetValue<bool>() ?? definition.DeletionProtection,
            Settings = TableDeclaration.ReadSettings(call.Input, definition.Settings),
        };
        definition = IndexChanges.Apply(definition, call.Input);
        await tables.PutAsync(definition);
        return new JsonObject { ["TableDescription"] = TableDescription.Of(definition, CountItems(table), StatusOf(table)) };
    }

    public async Task<JsonObject> DeleteAsync(JsonCall call)
    {
        var table = FindActive(call);
        if (table.Definition.DeletionProtection)
        {
            throw Invalid.Request(
                "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first. "
                    + $"Table: {table.Definition.Name}"
            );
        }

        await tables.DeleteAsync(table);
        return new JsonObject { ["TableDescription"] = TableDescription.Of(table.Definition, 0, "DELETING") };
    }

    public async Task<JsonObject> UpdateTimeToLiveAsync(JsonCall call)
    {
        var table = FindActive(call);
        var wanted = (JsonObject)call.Input["TimeToLiveSpecification"]!;
        DemandChange(table.Definition, wanted["Enabled"]!.GetValue<bool>(), wanted["AttributeName"]!.ToString());
        await tables.PutAsync(
            table.Definition with
            {
                TimeToLiveAttribute = wanted["Enabled"]!.GetValue<bool>() ? wanted["AttributeName"]!.ToString() : null,
            }
        );
        return new JsonObject { ["TimeToLiveSpecification"] = wanted.DeepClone() };
    }

    public Task<JsonObject> DescribeTimeToLiveAsync(JsonCall call)
    {
        var attribute = Find(call).Definition.TimeToLiveAttribute;
        var description = attribute is null
            ? new JsonObject { ["TimeToLiveStatus"] = "DISABLED" }
            : new JsonObject { ["TimeToLiveStatus"] = "ENABLED", ["AttributeName"] = attribute };
        return Task.FromResult(new JsonObject { ["TimeToLiveDescription"] = description });
    }

    private StoredTable Find(JsonCall call)
    {
        var name = TableCatalog.NameOf(call.Input["TableName"]?.ToString() ?? "");
        context.Authorizer.Demand(call.Caller, call.Right, context.Arn("dynamodb", $"table/{name}"));
        return tables.Find(name)
            ?? throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Table: {name} not found");
    }

    private StoredTable FindActive(JsonCall call)
    {
        var table = Find(call);
        return table.Definition.IsActive(context.Time.GetUtcNow())
            ? table
            : throw new AwsException(
                "ResourceInUseException",
                $"Attempt to change a resource which is still in use: Table is being created: {table.Definition.Name}"
            );
    }

    private static void DemandChange(TableDefinition table, bool enabled, string attribute)
    {
        if (enabled ? table.TimeToLiveAttribute == attribute : table.TimeToLiveAttribute is null)
        {
            throw Invalid.Request($"TimeToLive is already {(enabled ? "enabled" : "disabled")}");
        }

        if (table.TimeToLiveAttribute is { } known && known != attribute)
        {
            throw Invalid.Request($"TimeToLive is active on a different AttributeName: current AttributeName is {known}");
        }
    }

    private string StatusOf(StoredTable table) => table.Definition.IsActive(context.Time.GetUtcNow()) ? "ACTIVE" : "CREATING";

    private long CountItems(StoredTable table) =>
        context.Store.Read(session =>
            session.Query("SELECT count(*) FROM ddb_item WHERE table_id = ?1", row => row.GetInt64(0), table.Id)[0]
        );

    private static JsonObject? StreamOf(TableDefinition table) =>
        table.StreamViewType is null ? null : new JsonObject { ["StreamEnabled"] = true, ["StreamViewType"] = table.StreamViewType };
}
