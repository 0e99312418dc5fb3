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
    private const string Keys = "KeySchema(AttributeName KeyType)";
    private const string Projection = "Projection(ProjectionType NonKeyAttributes)";
    private const string Throughput = "ProvisionedThroughput(ReadCapacityUnits WriteCapacityUnits)";

    public ResourceSchema Schema { get; } =
        new("AWS::DynamoDB::Table")
        {
            Name = "TableName",
            Required = ["KeySchema"],
            Replacing = MemberNames.Exactly($"{Keys} LocalSecondaryIndexes(IndexName {Keys} {Projection})"),
            Updatable = MemberNames.Exactly(
                $"AttributeDefinitions(AttributeName AttributeType) GlobalSecondaryIndexes(IndexName {Keys} {Projection} {Throughput}) "
                    + $"{Throughput} BillingMode StreamSpecification(StreamViewType) TimeToLiveSpecification(AttributeName Enabled) "
                    + "DeletionProtectionEnabled SSESpecification(SSEEnabled SSEType) TableClass ResourcePolicy(PolicyDocument)"
            ),
            // Nothing that the host serves shows backups and tags.
            Ignored = MemberNames.Exactly("PointInTimeRecoverySpecification Tags"),
            Attributes = ["Arn", "StreamArn"],
            SomeReplacing = IndexChanges.EditADefinition,
        };

    public bool Exists(string name) => tables.Find(name) is not null;

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var wanted = Read(properties, declaration);
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
        var name = properties.OptionalText("TableName") ?? declaration.GeneratedName;
        var input = (JsonObject)properties.Json.DeepClone();
        input["DeletionProtectionEnabled"] = properties.IsTrue("DeletionProtectionEnabled");
        // The template names a view and nothing else: a stream is on where it is specified.
        input["StreamSpecification"] = properties.OptionalObject("StreamSpecification")?.DeepClone();
        var policy = properties.OptionalObject("ResourcePolicy")?["PolicyDocument"] is { } document
            ? (JsonObject)PolicyProperty.Checked(properties, "ResourcePolicy", document, PolicyKind.Resource).DeepClone()
            : null;
        var timeToLive = properties.Nested("TimeToLiveSpecification");
        return TableDeclaration.Read(context, name, input) with
        {
            TimeToLiveAttribute = timeToLive.IsTrue("Enabled") ? timeToLive.Text("AttributeName") : null,
            ResourcePolicy = policy,
        };
    }
}
