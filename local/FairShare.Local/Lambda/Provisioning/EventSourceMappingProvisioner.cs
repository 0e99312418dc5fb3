using FairShare.Local.Deployment;
using FairShare.Local.Hosting;
using FairShare.Local.Lambda.Model;
using FairShare.Local.Lambda.Storage;

namespace FairShare.Local.Lambda.Provisioning;

/// <summary>AWS::Lambda::EventSourceMapping, of queues.</summary>
internal sealed class EventSourceMappingProvisioner(HostContext host) : IResourceProvisioner
{
    public string ResourceType => "AWS::Lambda::EventSourceMapping";

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(ResourceType, declaration);
        var mapping = Read(properties, declaration.PhysicalId ?? host.Random.Uuid());
        properties.RefuseOthers();
        await host.Store.WriteAsync(session =>
        {
            MappingTable.Put(session, mapping);
            return true;
        });
        return new ProvisionedResource(mapping.Id, new Dictionary<string, string> { ["Id"] = mapping.Id });
    }

    public Task DeleteAsync(string physicalId, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => MappingTable.Delete(session, physicalId));

    private static EventSourceMapping Read(PropertyReader properties, string id)
    {
        var source = properties.Text("EventSourceArn");
        if (!source.StartsWith("arn:aws:sqs:", StringComparison.Ordinal))
        {
            throw properties.Refuse("EventSourceArn", $"{source} is not a queue");
        }

        var responses = properties.OptionalList("FunctionResponseTypes").Select(type => type!.ToString()).ToList();
        // A batching window only waits longer for a fuller batch.
        properties.Ignore("MaximumBatchingWindowInSeconds", "Tags");
        return new EventSourceMapping(
            id,
            FunctionConfiguration.NameOf(properties.Text("FunctionName")),
            source,
            properties.Optional("BatchSize") is { } size ? int.Parse(size.ToString(), System.Globalization.CultureInfo.InvariantCulture) : 10,
            properties.Optional("Enabled")?.ToString() is not ("false" or "False"),
            responses.Contains("ReportBatchItemFailures"));
    }
}
