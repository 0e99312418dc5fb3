using System.Text.Json.Nodes;
using FairShare.Local.Deployment;
using FairShare.Local.DynamoDb.Model;
using FairShare.Local.DynamoDb.Operations;
using FairShare.Local.DynamoDb.Storage;
using FairShare.Local.Hosting;

namespace FairShare.Local.DynamoDb.Provisioning;

/// <summary>AWS::DynamoDB::Table.</summary>
internal sealed class TableProvisioner(HostContext context, TableCatalog tables) : IResourceProvisioner
{
    public string ResourceType => "AWS::DynamoDB::Table";

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(ResourceType, declaration);
        var wanted = Read(properties, declaration);
        properties.RefuseOthers();
        var known = tables.Find(wanted.Name)?.Definition;
        if (known is not null && known.Keys != wanted.Keys)
        {
            throw properties.Refuse("KeySchema", "cannot change while the table keeps its items");
        }

        if (known is not null)
        {
            var sameStream = known.StreamViewType == wanted.StreamViewType;
            wanted = wanted with { TableId = known.TableId, CreatedAt = known.CreatedAt, StreamLabel = sameStream ? known.StreamLabel : wanted.StreamLabel };
        }

        await tables.PutAsync(wanted);
        var attributes = new Dictionary<string, string> { ["Arn"] = wanted.Arn, ["TableId"] = wanted.TableId };
        if (wanted.StreamArn is { } stream)
        {
            attributes["StreamArn"] = stream;
        }

        return new ProvisionedResource(wanted.Name, attributes);
    }

    public Task DeleteAsync(string physicalId, CancellationToken cancellationToken) =>
        tables.Find(physicalId) is { } table ? tables.DeleteAsync(table) : Task.CompletedTask;

    private TableDefinition Read(PropertyReader properties, ResourceDeclaration declaration)
    {
        properties.OptionalList("AttributeDefinitions");
        properties.OptionalList("KeySchema");
        properties.OptionalList("GlobalSecondaryIndexes");
        properties.OptionalList("LocalSecondaryIndexes");
        var name = properties.OptionalText("TableName") ?? declaration.GeneratedName;
        var input = (JsonObject)declaration.Properties.DeepClone();
        input["DeletionProtectionEnabled"] = bool.Parse(properties.OptionalText("DeletionProtectionEnabled") ?? "false");
        // The template names a view and nothing else: a stream is on where it is specified.
        input["StreamSpecification"] = properties.OptionalObject("StreamSpecification")?.DeepClone();
        // Capacity is not limited here; backups, encryption at rest, classes and tags change no answer.
        properties.Ignore(
            "BillingMode", "ProvisionedThroughput", "OnDemandThroughput", "WarmThroughput", "PointInTimeRecoverySpecification", "SSESpecification",
            "TableClass", "ContributorInsightsSpecification", "Tags");
        var timeToLive = properties.OptionalObject("TimeToLiveSpecification");
        var isOn = bool.Parse(timeToLive?["Enabled"]?.ToString() ?? "false");
        return TableDeclaration.Read(context, name, input) with { TimeToLiveAttribute = isOn ? timeToLive!["AttributeName"]!.ToString() : null };
    }
}
