using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Expressions;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>Reads writes from requests; everything that can be refused without looking at the item is refused here.</summary>
internal sealed class WriteActionReader(TableCatalog tables)
{
    public WriteAction Put(JsonObject input)
    {
        var table = TableOf(input);
        var item = Item.Read(input["Item"]);
        ItemRules.Demand(table.Definition, item);
        var scope = new ExpressionScope(input);
        var condition = ConditionParser.Parse(scope.Open(input, "ConditionExpression"));
        scope.DemandAllUsed();
        return new PutAction(table, KeyValues.OfItem(table.Definition, item), item, condition, ReturnsOld(input));
    }

    public WriteAction Delete(JsonObject input)
    {
        var (table, keyItem, key) = Keyed(input);
        var scope = new ExpressionScope(input);
        var condition = ConditionParser.Parse(scope.Open(input, "ConditionExpression"));
        scope.DemandAllUsed();
        return new DeleteAction(table, key, keyItem, condition, ReturnsOld(input));
    }

    public WriteAction Check(JsonObject input)
    {
        var (table, keyItem, key) = Keyed(input);
        var scope = new ExpressionScope(input);
        var condition =
            ConditionParser.Parse(scope.Open(input, "ConditionExpression"))
            ?? throw Invalid.Request(
                "1 validation error detected: Value null at 'conditionExpression' failed to satisfy constraint: Member must not be null"
            );
        scope.DemandAllUsed();
        return new CheckAction(table, key, keyItem, condition, ReturnsOld(input));
    }

    public WriteAction Update(JsonObject input)
    {
        var (table, keyItem, key) = Keyed(input);
        var scope = new ExpressionScope(input);
        var update = UpdateParser.Parse(scope.Open(input, "UpdateExpression")) ?? UpdateExpression.Nothing;
        var condition = ConditionParser.Parse(scope.Open(input, "ConditionExpression"));
        scope.DemandAllUsed();
        if (update.Roots.FirstOrDefault(table.Definition.Keys.Attributes.Contains) is { } touched)
        {
            throw Invalid.Parameter($"Cannot update attribute {touched}. This attribute is part of the key");
        }

        return new UpdateItemAction(table, key, keyItem, update, condition, ReturnsOld(input));
    }

    /// <exception cref="Kernel.AwsException">ResourceNotFoundException, or a member of an older API that the host does not
    /// honour.</exception>
    public StoredTable TableOf(JsonObject input)
    {
        return tables.Get(
            input["TableName"]?.ToString()
                ?? throw Invalid.Request("The parameter 'TableName' is required but was not present in the request")
        );
    }

    public (StoredTable Table, Item KeyItem, KeyValues Key) Keyed(JsonObject input)
    {
        var table = TableOf(input);
        var key = Item.Read(input["Key"]);
        return (table, key, KeyValues.OfKey(table.Definition, key));
    }

    private static bool ReturnsOld(JsonObject input) =>
        input["ReturnValuesOnConditionCheckFailure"]?.ToString() switch
        {
            null or "NONE" => false,
            "ALL_OLD" => true,
            var other => throw Invalid.Request(
                $"1 validation error detected: Value '{other}' at 'returnValuesOnConditionCheckFailure' failed to satisfy "
                    + "constraint: Member must satisfy enum value set: [ALL_OLD, NONE]"
            ),
        };
}
