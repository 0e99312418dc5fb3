using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Operations;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Identity.Policies;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Provisioning;

/// <summary>AWS::DynamoDB::Table.</summary>
internal sealed class TableProvisioner(HostContext context, TableCatalog tables) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::DynamoDB::Table")
        {
            Name = "TableName",
            Required = ["KeySchema"],
            Replacing = ["KeySchema", "LocalSecondaryIndexes"],
            Updatable =
            [
                "AttributeDefinitions",
                "GlobalSecondaryIndexes",
                "StreamSpecification",
                "TimeToLiveSpecification",
                "DeletionProtectionEnabled",
                "BillingMode",
                "ProvisionedThroughput",
                "PointInTimeRecoverySpecification",
                "SSESpecification",
                "TableClass",
                "Tags",
                "ResourcePolicy",
            ],
            Attributes = ["Arn", "StreamArn"],
            SomeReplacing = IndexChanges.EditADefinition,
        };

    public bool Exists(string name) => tables.Find(name) is not null;

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(declaration);
        var wanted = Read(properties, declaration);
        properties.RefuseOthers();
        var known = tables.Find(wanted.Name)?.Definition;
        IndexChanges.Demand(properties, known, wanted);
        if (known is not null)
        {
            var sameStream = known.StreamViewType == wanted.StreamViewType;
            wanted = wanted with
            {
                TableId = known.TableId,
                CreatedAt = known.CreatedAt,
                StreamLabel = sameStream ? known.StreamLabel : wanted.StreamLabel,
            };
        }

        await tables.PutAsync(wanted);
        var attributes = new Dictionary<string, string> { ["Arn"] = wanted.Arn };
        if (wanted.StreamArn is { } stream)
        {
            attributes["StreamArn"] = stream;
        }

        return new ProvisionedResource(wanted.Name, attributes);
    }

    public async Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken)
    {
        if (tables.Find(resource.PhysicalId) is not { } table)
        {
            return;
        }

        if (table.Definition.DeletionProtection)
        {
            throw new DeploymentException(
                "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first."
            );
        }

        await tables.DeleteAsync(table);
    }

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
        if (properties.OptionalObject("SSESpecification")?["KMSMasterKeyId"] is not null)
        {
            throw properties.Refuse("SSESpecification", "names a KMSMasterKeyId, which is not honoured by the embedded host");
        }

        // The declaration reads these; nothing that the host serves shows backups and tags.
        properties.Ignore("BillingMode", "ProvisionedThroughput", "TableClass", "PointInTimeRecoverySpecification", "Tags");
        var policy = properties.OptionalObject("ResourcePolicy")?["PolicyDocument"] is { } document
            ? (JsonObject)PolicyProperty.Checked(properties, "ResourcePolicy", document, PolicyKind.Resource).DeepClone()
            : null;
        var timeToLive = properties.OptionalObject("TimeToLiveSpecification");
        var isOn = bool.Parse(timeToLive?["Enabled"]?.ToString() ?? "false");
        return TableDeclaration.Read(context, name, input) with
        {
            TimeToLiveAttribute = isOn ? timeToLive!["AttributeName"]!.ToString() : null,
            ResourcePolicy = policy,
        };
    }
}
