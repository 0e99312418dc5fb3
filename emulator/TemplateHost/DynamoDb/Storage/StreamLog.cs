using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;
using TemplateHost.Storage;

namespace TemplateHost.DynamoDb.Storage;

/// <summary>The stream of a table: its changes in the order of their transactions, written with them.</summary>
internal static class StreamLog
{
    /// <summary>Records a change; nothing when the table has no stream or the item stayed as it was.</summary>
    public static void Append(StoreSession session, StoredTable table, Item? before, Item? after, DateTimeOffset now, bool byService)
    {
        var definition = table.Definition;
        if (definition.StreamLabel is null || (before is null && after is null) || (after?.SameAs(before) ?? false))
        {
            return;
        }

        var change = new JsonObject
        {
            ["ApproximateCreationDateTime"] = now.ToUnixTimeSeconds(),
            ["Keys"] = (after ?? before!).Only(definition.Keys.Attributes).ToJson(),
            ["SizeBytes"] = (before?.Size ?? 0) + (after?.Size ?? 0),
            ["StreamViewType"] = definition.StreamViewType,
        };
        AddImage(change, "NewImage", after, definition.StreamViewType is "NEW_IMAGE" or "NEW_AND_OLD_IMAGES");
        AddImage(change, "OldImage", before, definition.StreamViewType is "OLD_IMAGE" or "NEW_AND_OLD_IMAGES");
        var record = new JsonObject
        {
            ["eventName"] =
                before is null ? "INSERT"
                : after is null ? "REMOVE"
                : "MODIFY",
            ["dynamodb"] = change,
        };
        if (byService)
        {
            record["userIdentity"] = new JsonObject { ["PrincipalId"] = "dynamodb.amazonaws.com", ["Type"] = "Service" };
        }

        session.Execute(
            "INSERT INTO ddb_stream (table_id, label, record, created) VALUES (?1, ?2, ?3, ?4)",
            table.Id,
            definition.StreamLabel,
            record.ToJsonString(),
            now.ToUnixTimeMilliseconds()
        );
    }

    private static void AddImage(JsonObject change, string name, Item? item, bool wanted)
    {
        if (wanted && item is not null)
        {
            change[name] = item.ToJson();
        }
    }
}
