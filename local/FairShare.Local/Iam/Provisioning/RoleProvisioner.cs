using System.Text.Json.Nodes;
using FairShare.Local.Deployment;
using FairShare.Local.Deployment.Stacks;
using FairShare.Local.Hosting;
using FairShare.Local.Identity;

namespace FairShare.Local.Iam.Provisioning;

/// <summary>AWS::IAM::Role.</summary>
internal sealed class RoleProvisioner(HostContext context) : IResourceProvisioner
{
    /// <summary>
    /// The managed policy that CDK gives every function: writing its own logs. The host keeps no log groups' contents, so there is nothing that it could allow.
    /// </summary>
    private const string LogWriting = "service-role/AWSLambdaBasicExecutionRole";

    public ResourceSchema Schema { get; } = new("AWS::IAM::Role")
    {
        Name = "RoleName",
        Required = ["AssumeRolePolicyDocument"],
        Replacing = ["Path"],
        Updatable = ["AssumeRolePolicyDocument", "ManagedPolicyArns", "Policies", "Description", "Tags", "MaxSessionDuration"],
        Attributes = ["Arn", "RoleId"],
    };

    public bool Exists(string name) => context.RoleDirectory.Find(name) is not null;

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(declaration);
        var name = properties.OptionalText("RoleName") ?? StackIdentity.Fit(declaration.GeneratedName, 64);
        var path = properties.OptionalText("Path") ?? "/";
        var trust = properties.Required("AssumeRolePolicyDocument") as JsonObject
            ?? throw properties.Refuse("AssumeRolePolicyDocument", "must be an object");
        RefuseManaged(properties);
        RolePolicyProvisioner.Checked(properties, "AssumeRolePolicyDocument", trust);
        var policies = PoliciesOf(declaration.Properties).ToDictionary(policy => policy.Key, policy => RolePolicyProvisioner.Checked(properties, "Policies", policy.Value));
        properties.OptionalList("Policies");
        // Words for people, and a limit on session length above what the host issues.
        properties.Ignore("Description", "Tags", "MaxSessionDuration");
        properties.RefuseOthers();
        var known = context.RoleDirectory.Find(name);
        var role = new Role(
            name,
            $"arn:aws:iam::{context.AccountId}:role{path}{name}",
            known?.UniqueId ?? "AROA" + context.Random.Base32(17),
            path,
            known?.CreatedAt ?? context.Time.GetUtcNow(),
            trust,
            new Dictionary<string, JsonObject>());
        await context.RoleDirectory.PutAsync(role);
        // Policies that stand in the role itself; those of AWS::IAM::Policy are not its own.
        foreach (var former in PoliciesOf(declaration.Deployed?.Properties ?? []).Select(policy => policy.Key).Except(policies.Keys))
        {
            await context.RoleDirectory.DeletePolicyAsync(name, former);
        }

        foreach (var (policy, document) in policies)
        {
            await context.RoleDirectory.PutPolicyAsync(name, policy, document);
        }

        return new ProvisionedResource(name, new Dictionary<string, string> { ["Arn"] = role.Arn, ["RoleId"] = role.UniqueId });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) => context.RoleDirectory.DeleteAsync(resource.PhysicalId);

    private static IEnumerable<KeyValuePair<string, JsonNode?>> PoliciesOf(JsonObject properties) => (properties["Policies"] as JsonArray ?? [])
        .Select(policy => KeyValuePair.Create(policy!["PolicyName"]!.ToString(), policy["PolicyDocument"]));

    private static void RefuseManaged(PropertyReader properties)
    {
        foreach (var arn in properties.OptionalList("ManagedPolicyArns"))
        {
            if (!arn!.ToString().EndsWith(LogWriting, StringComparison.Ordinal))
            {
                throw properties.Refuse("ManagedPolicyArns", $"names {arn}, which the embedded host does not know");
            }
        }
    }
}
