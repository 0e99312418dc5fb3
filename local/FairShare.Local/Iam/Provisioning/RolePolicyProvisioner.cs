using System.Text.Json.Nodes;
using FairShare.Local.Deployment;
using FairShare.Local.Hosting;
using FairShare.Local.Identity.Policies;

namespace FairShare.Local.Iam.Provisioning;

/// <summary>AWS::IAM::Policy: one document, inline in every role that it lists.</summary>
internal sealed class RolePolicyProvisioner(HostContext context) : IResourceProvisioner
{
    public string ResourceType => "AWS::IAM::Policy";

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(ResourceType, declaration);
        var name = properties.Text("PolicyName");
        var document = Checked(properties, properties.Required("PolicyDocument"));
        var roles = properties.OptionalList("Roles").Select(role => role!.ToString()).ToHashSet();
        properties.RefuseOthers();
        // A role that an update took off the list loses the policy.
        foreach (var former in context.RoleDirectory.All.Where(role => role.Policies.ContainsKey(name) && !roles.Contains(role.Name)))
        {
            await context.RoleDirectory.DeletePolicyAsync(former.Name, name);
        }

        foreach (var role in roles)
        {
            await context.RoleDirectory.PutPolicyAsync(role, name, document);
        }

        return new ProvisionedResource(name, new Dictionary<string, string> { ["Id"] = name });
    }

    public async Task DeleteAsync(string physicalId, CancellationToken cancellationToken)
    {
        foreach (var role in context.RoleDirectory.All.Where(role => role.Policies.ContainsKey(physicalId)))
        {
            await context.RoleDirectory.DeletePolicyAsync(role.Name, physicalId);
        }
    }

    /// <exception cref="DeploymentException">The document is not of IAM's grammar.</exception>
    public static JsonObject Checked(PropertyReader properties, JsonNode? document)
    {
        try
        {
            var policy = document as JsonObject ?? throw new FormatException("it is not an object.");
            PolicyDocument.Parse(policy);
            return policy;
        }
        catch (FormatException malformed)
        {
            throw properties.Refuse("PolicyDocument", $"is malformed: {malformed.Message}");
        }
    }
}
