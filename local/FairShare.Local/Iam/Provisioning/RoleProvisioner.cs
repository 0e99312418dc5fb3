using System.Text.Json.Nodes;
using FairShare.Local.Deployment;
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

    public string ResourceType => "AWS::IAM::Role";

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(ResourceType, declaration);
        var name = properties.OptionalText("RoleName") ?? StackIdentity.Fit(declaration.GeneratedName, 64);
        var path = properties.OptionalText("Path") ?? "/";
        var trust = properties.Required("AssumeRolePolicyDocument") as JsonObject
            ?? throw properties.Refuse("AssumeRolePolicyDocument", "must be an object");
        RefuseManaged(properties);
        var policies = properties.OptionalList("Policies").Select(policy => (JsonObject)policy!).ToList();
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
        foreach (var policy in policies)
        {
            await context.RoleDirectory.PutPolicyAsync(name, policy["PolicyName"]!.ToString(), RolePolicyProvisioner.Checked(properties, policy["PolicyDocument"]));
        }

        return new ProvisionedResource(name, new Dictionary<string, string> { ["Arn"] = role.Arn, ["RoleId"] = role.UniqueId });
    }

    public Task DeleteAsync(string physicalId, CancellationToken cancellationToken) => context.RoleDirectory.DeleteAsync(physicalId);

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
