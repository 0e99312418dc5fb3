using TemplateHost.Deployment;
using TemplateHost.Deployment.Stacks;
using TemplateHost.Identity;
using TemplateHost.Identity.Policies;
using TemplateHost.Kernel;

namespace TemplateHost.Iam.Provisioning;

/// <summary>AWS::IAM::ManagedPolicy, attached to roles.</summary>
internal sealed class ManagedPolicyProvisioner(HostContext context, RoleDirectory directory) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::IAM::ManagedPolicy")
        {
            Name = "ManagedPolicyName",
            Required = ["PolicyDocument"],
            Replacing = MemberNames.Exactly("Description Path"),
            Updatable = MemberNames.Exactly("PolicyDocument Roles"),
            Attributes = ["PolicyArn", "PolicyId"],
        };

    public bool Exists(string name) => directory.Managed.All.Any(policy => policy.Name == name);

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var document = PolicyProperty.Checked(properties, "PolicyDocument", properties.Required("PolicyDocument"), PolicyKind.Identity);
        var name = properties.OptionalText("ManagedPolicyName") ?? StackIdentity.Fit(declaration.GeneratedName, 128);
        var path = properties.OptionalText("Path") ?? "/";
        var roles = properties.Texts("Roles");
        var description = properties.OptionalText("Description");
        if (roles.Find(role => directory.Find(role) is null) is { } missing)
        {
            throw properties.Refuse("Roles", $"names {missing}: the role with name {missing} cannot be found");
        }

        var arn = $"arn:aws:iam::{context.AccountId}:policy{path}{name}";
        var now = context.Time.GetUtcNow();
        var known = directory.Managed.Find(arn);
        var policy = new ManagedPolicy(
            arn,
            name,
            known?.Id ?? "ANPA" + declaration.Identifiers.Base32(17),
            path,
            description,
            known?.CreatedAt ?? now,
            now,
            (known?.Version ?? 0) + 1,
            document
        );
        await directory.PutManagedAsync(policy);
        foreach (var former in directory.Managed.RolesOf(arn).Except(roles))
        {
            await directory.DetachAsync(former, arn);
        }

        foreach (var role in roles)
        {
            await directory.AttachAsync(role, arn);
        }

        return new ProvisionedResource(arn, new Dictionary<string, string> { ["PolicyArn"] = arn, ["PolicyId"] = policy.Id });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        directory.DeleteManagedAsync(resource.PhysicalId);
}
