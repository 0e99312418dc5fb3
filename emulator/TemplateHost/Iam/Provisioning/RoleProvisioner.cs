using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.Deployment.Stacks;
using TemplateHost.Identity;
using TemplateHost.Identity.Policies;
using TemplateHost.Kernel;

namespace TemplateHost.Iam.Provisioning;

/// <summary>AWS::IAM::Role.</summary>
internal sealed class RoleProvisioner(HostContext context, RoleDirectory directory) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::IAM::Role")
        {
            Name = "RoleName",
            Required = ["AssumeRolePolicyDocument"],
            Replacing = MemberNames.Exactly("Path"),
            Updatable = MemberNames.Exactly(
                "AssumeRolePolicyDocument ManagedPolicyArns Policies(PolicyName PolicyDocument) Description Tags(Key Value) "
                    + "MaxSessionDuration"
            ),
            Attributes = ["Arn", "RoleId"],
        };

    public bool Exists(string name) => directory.Find(name) is not null;

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var name = properties.OptionalText("RoleName") ?? StackIdentity.Fit(declaration.GeneratedName, 64);
        var path = properties.OptionalText("Path") ?? "/";
        var trust =
            properties.Required("AssumeRolePolicyDocument") as JsonObject
            ?? throw properties.Refuse("AssumeRolePolicyDocument", "must be an object");
        var managed = ManagedOf(properties);
        PolicyProperty.Checked(properties, "AssumeRolePolicyDocument", trust, PolicyKind.Trust);
        var policies = PoliciesOf(properties.Json)
            .ToDictionary(
                policy => policy.Key,
                policy => PolicyProperty.Checked(properties, "Policies", policy.Value, PolicyKind.Identity)
            );
        var settings = new RoleSettings(
            properties.OptionalText("Description"),
            properties.OptionalNumber("MaxSessionDuration") ?? RoleSettings.DefaultSessionSeconds,
            properties.Objects("Tags").ToDictionary(tag => tag.Text("Key"), tag => tag.Text("Value"))
        );
        var known = directory.Find(name);
        var role = new Role(
            name,
            $"arn:aws:iam::{context.AccountId}:role{path}{name}",
            known?.UniqueId ?? "AROA" + context.Random.Base32(17),
            path,
            known?.CreatedAt ?? context.Time.GetUtcNow(),
            trust,
            new Dictionary<string, JsonObject>(),
            settings
        );
        await directory.PutAsync(role);
        // Policies that stand in the role itself; those of AWS::IAM::Policy are not its own.
        foreach (var former in PoliciesOf(declaration.Deployed?.Properties ?? []).Select(policy => policy.Key).Except(policies.Keys))
        {
            await directory.DeletePolicyAsync(name, former);
        }

        foreach (var (policy, document) in policies)
        {
            await directory.PutPolicyAsync(name, policy, document);
        }

        await AttachAsync(name, managed, declaration.Deployed);
        return new ProvisionedResource(name, new Dictionary<string, string> { ["Arn"] = role.Arn, ["RoleId"] = role.UniqueId });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) => directory.DeleteAsync(resource.PhysicalId);

    private static IEnumerable<KeyValuePair<string, JsonNode?>> PoliciesOf(JsonObject properties) =>
        (properties["Policies"] as JsonArray ?? []).Select(policy =>
            KeyValuePair.Create(policy!["PolicyName"]!.ToString(), policy["PolicyDocument"])
        );

    private List<string> ManagedOf(PropertyReader properties)
    {
        var arns = properties.Texts("ManagedPolicyArns");
        return arns.Find(arn => directory.Managed.Find(arn) is null) is { } unknown
            ? throw properties.Refuse("ManagedPolicyArns", $"names {unknown}, which the embedded host does not know")
            : arns;
    }

    private async Task AttachAsync(string role, List<string> managed, DeployedResource? deployed)
    {
        foreach (
            var former in (deployed?.Properties["ManagedPolicyArns"] as JsonArray ?? []).Select(arn => arn!.ToString()).Except(managed)
        )
        {
            await directory.DetachAsync(role, former);
        }

        foreach (var arn in managed)
        {
            await directory.AttachAsync(role, arn);
        }
    }
}
