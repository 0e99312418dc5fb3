using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>
/// CreateBackup, RestoreTableFromBackup. As at AWS a restored table has the items and the indexes, and neither stream, time to live,
/// protection nor a policy of its own.
/// </summary>
internal sealed class BackupOperations(HostContext context, TableCatalog tables, BackupCatalog backups)
{
    private static readonly TimeSpan RestoreTime = TimeSpan.FromMilliseconds(100);

    public async Task<JsonObject> CreateAsync(JsonCall call)
    {
        var name = TableCatalog.NameOf(call.Input["TableName"]?.ToString() ?? "");
        context.Authorizer.Demand(call.Caller, call.Right, context.Arn("dynamodb", $"table/{name}"));
        var table =
            tables.Find(name) is { } found && found.Definition.IsActive(context.Time.GetUtcNow())
                ? found
                : throw new AwsException("TableNotFoundException", $"Table not found: {name}");
        var now = context.Time.GetUtcNow();
        var backup = await backups.CreateAsync(table, call.Input["BackupName"]?.ToString() ?? throw Missing("backupName"), now);
        return new JsonObject
        {
            ["BackupDetails"] = new JsonObject
            {
                ["BackupArn"] = backup.Arn,
                ["BackupName"] = backup.Name,
                ["BackupStatus"] = "AVAILABLE",
                ["BackupType"] = "USER",
                ["BackupCreationDateTime"] = now.ToUnixTimeMilliseconds() / 1000.0,
            },
        };
    }

    public async Task<JsonObject> RestoreAsync(JsonCall call)
    {
        var name = call.Input["TargetTableName"]?.ToString() ?? throw Missing("targetTableName");
        var arn = call.Input["BackupArn"]?.ToString() ?? throw Missing("backupArn");
        context.Authorizer.Demand(call.Caller, call.Right, arn);
        context.Authorizer.Demand(call.Caller, call.Right, context.Arn("dynamodb", $"table/{name}"));
        if (tables.Find(name) is not null)
        {
            throw new AwsException("TableAlreadyExistsException", $"Table already exists: {name}");
        }

        var backup = backups.Get(arn);
        var now = context.Time.GetUtcNow();
        var definition = Restored(backup.Definition, name, now);
        await tables.RestoreAsync(definition, backup);
        var description = TableDescription.Of(definition, 0, "CREATING");
        description["RestoreSummary"] = new JsonObject
        {
            ["SourceBackupArn"] = backup.Arn,
            ["SourceTableArn"] = backup.Definition.Arn,
            ["RestoreDateTime"] = now.ToUnixTimeMilliseconds() / 1000.0,
            ["RestoreInProgress"] = true,
        };
        return new JsonObject { ["TableDescription"] = description };
    }

    private TableDefinition Restored(TableDefinition former, string name, DateTimeOffset now)
    {
        TableDeclaration.DemandName(name);
        return former with
        {
            Name = name,
            Arn = context.Arn("dynamodb", $"table/{name}"),
            TableId = context.Random.Uuid(),
            CreatedAt = now,
            ActiveFrom = now + RestoreTime,
            TimeToLiveAttribute = null,
            StreamViewType = null,
            StreamLabel = null,
            DeletionProtection = false,
            ResourcePolicy = null,
        };
    }

    private static AwsException Missing(string member) =>
        Invalid.Request($"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null");
}
