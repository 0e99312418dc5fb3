using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.Identity;
using TemplateHost.Identity.Policies;
using TemplateHost.Kernel;

namespace TemplateHost.Iam.Provisioning;

/// <summary>AWS::IAM::Policy: one document, inline in every role that it lists.</summary>
internal sealed class RolePolicyProvisioner(RoleDirectory directory) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::IAM::Policy")
        {
            Required = ["PolicyDocument", "PolicyName"],
            Updatable = MemberNames.Exactly("PolicyName PolicyDocument Roles"),
            Attributes = ["Id"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var name = properties.Text("PolicyName");
        var document = PolicyProperty.Checked(properties, "PolicyDocument", properties.Required("PolicyDocument"), PolicyKind.Identity);
        var roles = properties.Texts("Roles").ToHashSet();
        if (roles.FirstOrDefault(role => directory.Find(role) is null) is { } missing)
        {
            throw properties.Refuse("Roles", $"names {missing}: the role with name {missing} cannot be found");
        }

        // A role that an update took off the list loses the policy; under another name, all of them lose the old one.
        await RemoveAsync(declaration.Deployed, (policy, role) => policy != name || !roles.Contains(role));
        foreach (var role in roles)
        {
            await directory.PutPolicyAsync(role, name, document);
        }

        return new ProvisionedResource(declaration.GeneratedName, new Dictionary<string, string> { ["Id"] = declaration.GeneratedName });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) => RemoveAsync(resource, (_, _) => true);

    private async Task RemoveAsync(DeployedResource? deployed, Func<string, string, bool> isToGo)
    {
        var policy = deployed?.Properties["PolicyName"]?.ToString();
        foreach (var role in (deployed?.Properties["Roles"] as JsonArray ?? []).Select(role => role!.ToString()))
        {
            if (isToGo(policy!, role) && directory.Find(role) is not null)
            {
                await directory.DeletePolicyAsync(role, policy!);
            }
        }
    }
}
