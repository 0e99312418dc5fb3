using TemplateHost.Deployment;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Storage;

namespace TemplateHost.StepFunctions.Provisioning;

/// <summary>AWS::StepFunctions::StateMachineVersion: a revision of a state machine, kept under a number.</summary>
internal sealed class StateMachineVersionProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::StepFunctions::StateMachineVersion")
        {
            Required = ["StateMachineArn"],
            Replacing = MemberNames.Exactly("StateMachineArn StateMachineRevisionId"),
            Updatable = MemberNames.Exactly("Description"),
            Attributes = ["Arn"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var machine = properties.Text("StateMachineArn");
        var revision = properties.OptionalNumber("StateMachineRevisionId");
        var version = await host.Store.WriteAsync(session =>
        {
            if (declaration.PhysicalId is { } deployed && VersionTable.Find(session, deployed) is { } standing)
            {
                return standing;
            }

            var current = MachineTable.Find(session, machine) ?? throw properties.Refuse("StateMachineArn", $"names no machine: {machine}");
            if (revision is not null && revision != current.Revision)
            {
                throw properties.Refuse("StateMachineRevisionId", $"is {revision}, but the machine's is {current.Revision}");
            }

            return VersionTable.Publish(session, machine, current.Revision, properties.OptionalText("Description") ?? "", host.Now());
        });
        return new ProvisionedResource(version.Arn, new Dictionary<string, string> { ["Arn"] = version.Arn });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => VersionTable.Delete(session, resource.PhysicalId));
}
