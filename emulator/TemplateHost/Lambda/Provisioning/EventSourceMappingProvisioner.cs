using TemplateHost.Deployment;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda.Provisioning;

/// <summary>AWS::Lambda::EventSourceMapping, of queues and of DynamoDB's streams.</summary>
internal sealed class EventSourceMappingProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::Lambda::EventSourceMapping")
        {
            Required = ["FunctionName"],
            Replacing = ["EventSourceArn", "StartingPosition"],
            Updatable =
            [
                "FunctionName",
                "BatchSize",
                "Enabled",
                "FunctionResponseTypes",
                "MaximumRetryAttempts",
                "MaximumRecordAgeInSeconds",
                "BisectBatchOnFunctionError",
                "DestinationConfig",
                "MaximumBatchingWindowInSeconds",
                "ParallelizationFactor",
                "ScalingConfig",
                "Tags",
            ],
            Attributes = ["Id"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(declaration);
        var mapping = Read(properties, declaration.PhysicalId ?? declaration.Identifiers.Uuid());
        properties.RefuseOthers();
        await host.Store.WriteAsync(session =>
        {
            MappingTable.Put(session, mapping);
            return true;
        });
        return new ProvisionedResource(mapping.Id, new Dictionary<string, string> { ["Id"] = mapping.Id });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => MappingTable.Delete(session, resource.PhysicalId));

    private static EventSourceMapping Read(PropertyReader properties, string id)
    {
        var source = properties.Text("EventSourceArn");
        var isStream = source.StartsWith("arn:aws:dynamodb:", StringComparison.Ordinal);
        if (!isStream && !source.StartsWith("arn:aws:sqs:", StringComparison.Ordinal))
        {
            throw properties.Refuse("EventSourceArn", $"{source} is neither a queue nor a table's stream");
        }

        var responses = properties.OptionalList("FunctionResponseTypes").Select(type => type!.ToString()).ToList();
        // A batching window only waits longer for a fuller batch; one shard needs no parallel readers to stay in order.
        properties.Ignore("MaximumBatchingWindowInSeconds", "ParallelizationFactor", "Tags");
        CheckConcurrency(properties);
        return new EventSourceMapping(
            id,
            FunctionConfiguration.NameOf(properties.Text("FunctionName")),
            source,
            Number(properties, "BatchSize") ?? (isStream ? 100 : 10),
            properties.Optional("Enabled")?.ToString() is not ("false" or "False"),
            responses.Contains("ReportBatchItemFailures"),
            isStream ? StreamOf(properties) : null
        );
    }

    // The embedded host hands a queue's batches over one after another, which is within every bound that Lambda takes.
    private static void CheckConcurrency(PropertyReader properties)
    {
        if (
            properties.OptionalObject("ScalingConfig")?["MaximumConcurrency"] is { } most
            && !(int.TryParse(most.ToString(), out var number) && number is >= 2 and <= 1000)
        )
        {
            throw properties.Refuse("ScalingConfig", "MaximumConcurrency must be from 2 to 1000");
        }
    }

    private static StreamSettings StreamOf(PropertyReader properties) =>
        new(
            properties.Text("StartingPosition") == "TRIM_HORIZON",
            Number(properties, "MaximumRetryAttempts") is { } attempts and >= 0 ? attempts : null,
            Number(properties, "MaximumRecordAgeInSeconds") is { } age and >= 0 ? TimeSpan.FromSeconds(age) : null,
            properties.Optional("BisectBatchOnFunctionError")?.ToString() is "true" or "True",
            properties.OptionalObject("DestinationConfig")?["OnFailure"]?["Destination"]?.ToString()
        );

    private static int? Number(PropertyReader properties, string name) =>
        properties.Optional(name) is { } value ? int.Parse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture) : null;
}
