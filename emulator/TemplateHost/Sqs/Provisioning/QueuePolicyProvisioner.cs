using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.Kernel;
using TemplateHost.Sqs.Storage;

namespace TemplateHost.Sqs.Provisioning;

/// <summary>AWS::SQS::QueuePolicy.</summary>
internal sealed class QueuePolicyProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::SQS::QueuePolicy")
        {
            Required = ["PolicyDocument", "Queues"],
            Updatable = MemberNames.Exactly("PolicyDocument Queues"),
            Attributes = ["Id"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var document = properties.OptionalObject("PolicyDocument") ?? throw properties.Refuse("PolicyDocument", "is required");
        var names = QueuesOf(properties.Json);
        foreach (var former in QueuesOf(declaration.Deployed?.Properties ?? []).Except(names))
        {
            await SetPolicyAsync(former, "");
        }

        foreach (var name in names)
        {
            await SetPolicyAsync(name, document.ToJsonString());
        }

        return new ProvisionedResource(declaration.GeneratedName, new Dictionary<string, string> { ["Id"] = declaration.GeneratedName });
    }

    public async Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken)
    {
        foreach (var name in QueuesOf(resource.Properties))
        {
            await SetPolicyAsync(name, "");
        }
    }

    private static List<string> QueuesOf(JsonObject properties) =>
        [.. (properties["Queues"] as JsonArray ?? []).Select(url => QueueDirectory.NameOf(url!.ToString()))];

    private Task<bool> SetPolicyAsync(string name, string policy) =>
        host.Store.WriteAsync(session =>
        {
            if (QueueTable.Find(session, name) is { } queue)
            {
                QueueTable.Put(session, queue with { Set = new Dictionary<string, string>(queue.Set) { ["Policy"] = policy } });
            }

            return true;
        });
}
