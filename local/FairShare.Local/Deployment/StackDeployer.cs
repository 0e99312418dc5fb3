using System.Text.Json.Nodes;
using FairShare.Local.Hosting;
using FairShare.Local.Storage;

namespace FairShare.Local.Deployment;

/// <summary>Brings the host in line with a template, as a CloudFormation stack update does: makes, changes and removes, and keeps data.</summary>
internal sealed class StackDeployer(
    IStore store, IEnumerable<IResourceProvisioner> provisioners, EmbeddedHostOptions options, string region, string accountId)
{
    private readonly Dictionary<string, IResourceProvisioner> provisioners = provisioners.ToDictionary(provisioner => provisioner.ResourceType);
    private readonly StackState state = new(store);

    /// <exception cref="DeploymentException">The template cannot be honoured. Types and order are checked before anything is made.</exception>
    public async Task<DeployedStack> DeployAsync(JsonObject templateJson, CancellationToken cancellationToken)
    {
        var template = new Template(templateJson);
        var identity = new StackIdentity(options.StackName, region, accountId);
        var values = new TemplateValues(TemplateParameters.Resolve(template.Parameters, options.Parameters), identity);
        var intrinsics = new Intrinsics(template, values);
        var wanted = template.Resources.Where(resource => resource.Condition is null || intrinsics.Condition(resource.Condition)).ToList();
        var ordered = DependencyOrder.Of(wanted);
        ordered.ToList().ForEach(resource => ProvisionerOf(resource.LogicalId, resource.Type));
        var before = state.Load().ToDictionary(resource => resource.LogicalId);
        foreach (var resource in ordered)
        {
            values.Add(resource.LogicalId, await ApplyAsync(resource, intrinsics, identity, before, cancellationToken));
        }

        await RemoveAsync(before.Values.Reverse().Where(old => !values.Resources.ContainsKey(old.LogicalId)), cancellationToken);
        return new DeployedStack(
            OutputsOf(template, intrinsics), values.Resources.ToDictionary(resource => resource.Key, resource => resource.Value.PhysicalId));
    }

    private IResourceProvisioner ProvisionerOf(string logicalId, string type) => provisioners.GetValueOrDefault(type)
        ?? throw new DeploymentException($"{logicalId}: the resource type {type} is not honoured by the embedded host.");

    private async Task<ProvisionedResource> ApplyAsync(
        TemplateResource resource, Intrinsics intrinsics, StackIdentity identity, Dictionary<string, StackResource> before, CancellationToken cancellationToken)
    {
        var known = before.GetValueOrDefault(resource.LogicalId);
        var old = known?.Type == resource.Type ? known : null;
        var properties = (JsonObject)intrinsics.Evaluate(resource.Properties)!;
        var declaration = new ResourceDeclaration(resource.LogicalId, properties, old?.PhysicalId, identity.GeneratedName(resource.LogicalId));
        var made = await ProvisionerOf(resource.LogicalId, resource.Type).ApplyAsync(declaration, cancellationToken);
        var now = new StackResource(resource.LogicalId, resource.Type, made.PhysicalId, resource.Retained);
        if (now != known)
        {
            await state.SaveAsync(now);
        }

        return made;
    }

    private async Task RemoveAsync(IEnumerable<StackResource> gone, CancellationToken cancellationToken)
    {
        foreach (var resource in gone.ToList())
        {
            // What is retained stays in the account, and leaves the stack.
            if (!resource.Retained)
            {
                await ProvisionerOf(resource.LogicalId, resource.Type).DeleteAsync(resource.PhysicalId, cancellationToken);
            }

            await state.RemoveAsync(resource.LogicalId);
        }
    }

    private static Dictionary<string, string> OutputsOf(Template template, Intrinsics intrinsics) => template.Outputs
        .Where(output => output.Value!["Condition"] is not { } condition || intrinsics.Condition(condition.ToString()))
        .ToDictionary(output => output.Key, output => intrinsics.Evaluate(output.Value!["Value"])!.ToString());
}
