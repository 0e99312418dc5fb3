using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>A table as DescribeTable shows it.</summary>
internal static class TableDescription
{
    public static JsonObject Of(TableDefinition table, long itemCount, string status)
    {
        var description = new JsonObject
        {
            ["TableName"] = table.Name,
            ["TableArn"] = table.Arn,
            ["TableId"] = table.TableId,
            ["TableStatus"] = status,
            ["CreationDateTime"] = table.CreatedAt.ToUnixTimeMilliseconds() / 1000.0,
            ["KeySchema"] = KeySchemaOf(table.Keys),
            ["AttributeDefinitions"] = new JsonArray([
                .. table.AttributeTypes.Select(attribute => new JsonObject
                {
                    ["AttributeName"] = attribute.Key,
                    ["AttributeType"] = attribute.Value,
                }),
            ]),
            ["ProvisionedThroughput"] = Throughput(table.Settings.Throughput),
            ["ItemCount"] = itemCount,
            ["DeletionProtectionEnabled"] = table.DeletionProtection,
        };
        AddSettings(description, table.Settings);
        AddIndexes(description, "GlobalSecondaryIndexes", table, status, local: false);
        AddIndexes(description, "LocalSecondaryIndexes", table, status, local: true);
        if (table.StreamArn is { } arn)
        {
            description["StreamSpecification"] = new JsonObject { ["StreamEnabled"] = true, ["StreamViewType"] = table.StreamViewType };
            description["LatestStreamArn"] = arn;
            description["LatestStreamLabel"] = table.StreamLabel;
        }

        return description;
    }

    public static JsonArray KeySchemaOf(KeySchema keys)
    {
        var schema = new JsonArray(new JsonObject { ["AttributeName"] = keys.Hash, ["KeyType"] = "HASH" });
        if (keys.Range is not null)
        {
            schema.Add(new JsonObject { ["AttributeName"] = keys.Range, ["KeyType"] = "RANGE" });
        }

        return schema;
    }

    private static JsonObject Throughput(Throughput? provisioned) =>
        new()
        {
            ["NumberOfDecreasesToday"] = 0,
            ["ReadCapacityUnits"] = provisioned?.Read ?? 0,
            ["WriteCapacityUnits"] = provisioned?.Write ?? 0,
        };

    private static void AddSettings(JsonObject description, TableSettings settings)
    {
        if (settings.Throughput is null)
        {
            description["BillingModeSummary"] = new JsonObject { ["BillingMode"] = "PAY_PER_REQUEST" };
        }

        if (settings.IsEncryptedByKms)
        {
            description["SSEDescription"] = new JsonObject { ["Status"] = "ENABLED", ["SSEType"] = "KMS" };
        }

        if (settings.Class is { } kind)
        {
            description["TableClassSummary"] = new JsonObject { ["TableClass"] = kind };
        }
    }

    private static void AddIndexes(JsonObject description, string member, TableDefinition table, string status, bool local)
    {
        var indexes = table.Indexes.Where(index => index.IsLocal == local).Select(index => Describe(table, index, status)).ToList();
        if (indexes.Count > 0)
        {
            description[member] = new JsonArray([.. indexes]);
        }
    }

    private static JsonObject Describe(TableDefinition table, IndexDefinition index, string status)
    {
        var projection = new JsonObject { ["ProjectionType"] = index.Projection };
        if (index.Included.Count > 0)
        {
            projection["NonKeyAttributes"] = new JsonArray([.. index.Included.Select(name => JsonValue.Create(name))]);
        }

        return new JsonObject
        {
            ["IndexName"] = index.Name,
            ["IndexArn"] = $"{table.Arn}/index/{index.Name}",
            ["KeySchema"] = KeySchemaOf(index.Keys),
            ["Projection"] = projection,
            ["ProvisionedThroughput"] = index.IsLocal ? null : Throughput(index.Throughput),
            ["IndexStatus"] = index.IsLocal ? null : status,
        };
    }
}
