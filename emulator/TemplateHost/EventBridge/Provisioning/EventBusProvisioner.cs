using TemplateHost.Deployment;
using TemplateHost.EventBridge.Storage;
using TemplateHost.Kernel;

namespace TemplateHost.EventBridge.Provisioning;

/// <summary>AWS::Events::EventBus.</summary>
internal sealed class EventBusProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::Events::EventBus")
        {
            Name = "Name",
            Required = ["Name"],
            // Nothing that the host serves shows the tags of a bus.
            Ignored = MemberNames.Exactly("Tags"),
            Attributes = ["Arn", "Name"],
        };

    public bool Exists(string name) => host.Store.Read(session => EventTables.HasBus(session, name));

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var name = properties.Text("Name");
        await host.Store.WriteAsync(session => EventTables.PutBus(session, name, host.Time.GetUtcNow()));
        return new ProvisionedResource(
            name,
            new Dictionary<string, string> { ["Arn"] = host.Arn("events", $"event-bus/{name}"), ["Name"] = name }
        );
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => EventTables.DeleteBus(session, resource.PhysicalId));
}
