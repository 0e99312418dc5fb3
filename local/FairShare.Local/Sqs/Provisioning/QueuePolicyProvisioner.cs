using FairShare.Local.Deployment;
using FairShare.Local.Hosting;
using FairShare.Local.Sqs.Storage;

namespace FairShare.Local.Sqs.Provisioning;

/// <summary>AWS::SQS::QueuePolicy.</summary>
internal sealed class QueuePolicyProvisioner(HostContext host) : IResourceProvisioner
{
    public string ResourceType => "AWS::SQS::QueuePolicy";

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(ResourceType, declaration);
        var document = properties.OptionalObject("PolicyDocument") ?? throw properties.Refuse("PolicyDocument", "is required");
        var names = properties.OptionalList("Queues").Select(url => QueueDirectory.NameOf(url!.ToString())).ToList();
        properties.RefuseOthers();
        foreach (var name in names)
        {
            await SetPolicyAsync(name, document.ToJsonString());
        }

        return new ProvisionedResource(string.Join(',', names), new Dictionary<string, string> { ["Id"] = declaration.GeneratedName });
    }

    public async Task DeleteAsync(string physicalId, CancellationToken cancellationToken)
    {
        foreach (var name in physicalId.Split(','))
        {
            await SetPolicyAsync(name, "");
        }
    }

    private Task<bool> SetPolicyAsync(string name, string policy) => host.Store.WriteAsync(session =>
    {
        if (QueueTable.Find(session, name) is { } queue)
        {
            QueueTable.Put(session, queue with { Set = new Dictionary<string, string>(queue.Set) { ["Policy"] = policy } });
        }

        return true;
    });
}
