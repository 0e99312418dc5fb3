using TemplateHost.Deployment;
using TemplateHost.Kernel;
using TemplateHost.Kernel.EventPatterns;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda.Provisioning;

/// <summary>AWS::Lambda::EventSourceMapping, of queues and of DynamoDB's streams.</summary>
internal sealed class EventSourceMappingProvisioner(HostContext host) : IResourceProvisioner
{
    private const int MostFilters = 5;
    private const int LongestPattern = 4096;
    private const int LongestWindow = 300;

    public ResourceSchema Schema { get; } =
        new("AWS::Lambda::EventSourceMapping")
        {
            Required = ["FunctionName"],
            Replacing = MemberNames.Exactly("EventSourceArn StartingPosition"),
            Updatable = MemberNames.Exactly(
                "FunctionName BatchSize Enabled FunctionResponseTypes=ReportBatchItemFailures MaximumRetryAttempts "
                    + "MaximumRecordAgeInSeconds BisectBatchOnFunctionError MaximumBatchingWindowInSeconds "
                    + "DestinationConfig(OnFailure(Destination)) ScalingConfig(MaximumConcurrency) FilterCriteria(Filters(Pattern))"
            ),
            // One shard needs no parallel readers to stay in order; nothing that the host serves shows tags.
            Ignored = MemberNames.Exactly("ParallelizationFactor Tags"),
            Attributes = ["Id"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var mapping = Read(properties, declaration.PhysicalId ?? declaration.Identifiers.Uuid());
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

        CheckConcurrency(properties);
        if (!isStream && properties.Optional("FilterCriteria") is not null)
        {
            throw properties.Refuse("FilterCriteria", "is honoured for streams only");
        }

        return new EventSourceMapping(
            id,
            FunctionConfiguration.NameOf(properties.Text("FunctionName")),
            source,
            properties.OptionalNumber("BatchSize") ?? (isStream ? 100 : 10),
            properties.OptionalFlag("Enabled") ?? true,
            properties.Texts("FunctionResponseTypes").Contains("ReportBatchItemFailures"),
            isStream ? StreamOf(properties) : null
        );
    }

    // The embedded host hands a queue's batches over one after another, which is within every bound that Lambda takes.
    private static void CheckConcurrency(PropertyReader properties)
    {
        if (properties.Nested("ScalingConfig").OptionalNumber("MaximumConcurrency") is < 2 or > 1000)
        {
            throw properties.Refuse("ScalingConfig", "MaximumConcurrency must be from 2 to 1000");
        }
    }

    private static StreamSettings StreamOf(PropertyReader properties) =>
        new(
            properties.Text("StartingPosition") == "TRIM_HORIZON",
            properties.OptionalNumber("MaximumRetryAttempts") is { } attempts and >= 0 ? attempts : null,
            properties.OptionalNumber("MaximumRecordAgeInSeconds") is { } age and >= 0 ? TimeSpan.FromSeconds(age) : null,
            properties.IsTrue("BisectBatchOnFunctionError"),
            properties.Nested("DestinationConfig").Nested("OnFailure").OptionalText("Destination"),
            PatternsOf(properties.Nested("FilterCriteria"))
        )
        {
            BatchingWindow = WindowOf(properties),
        };

    private static TimeSpan WindowOf(PropertyReader properties) =>
        properties.OptionalNumber("MaximumBatchingWindowInSeconds") switch
        {
            null => TimeSpan.Zero,
            var seconds and >= 0 and <= LongestWindow => TimeSpan.FromSeconds(seconds.Value),
            _ => throw properties.Refuse("MaximumBatchingWindowInSeconds", $"must be from 0 to {LongestWindow}"),
        };

    private static List<string>? PatternsOf(PropertyReader criteria)
    {
        var filters = criteria.Objects("Filters");
        if (filters.Count > MostFilters)
        {
            throw criteria.Refuse("Filters", $"must be {MostFilters} at most");
        }

        filters.ForEach(CheckPattern);
        return filters.Count == 0 ? null : [.. filters.Select(filter => filter.Text("Pattern"))];
    }

    private static void CheckPattern(PropertyReader filter)
    {
        var pattern = filter.Text("Pattern");
        if (pattern.Length > LongestPattern)
        {
            throw filter.Refuse("Pattern", $"must have {LongestPattern} characters at most");
        }

        try
        {
            EventPattern.Parse(pattern);
        }
        catch (FormatException fault)
        {
            throw filter.Refuse("Pattern", $"is no pattern: {fault.Message}");
        }
    }
}
