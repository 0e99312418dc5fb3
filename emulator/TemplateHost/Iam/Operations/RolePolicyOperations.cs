using System.Xml.Linq;
using TemplateHost.Gateway;
using TemplateHost.Identity;
using TemplateHost.Identity.Policies;
using TemplateHost.Kernel;

namespace TemplateHost.Iam.Operations;

/// <summary>
/// A role's inline policies (Put-, Get-, List-, DeleteRolePolicy) and the managed ones attached to it (Attach-, Detach-,
/// ListAttachedRolePolicies).
/// </summary>
internal sealed class RolePolicyOperations(HostContext context, RoleDirectory directory)
{
    public async Task<IReadOnlyList<XElement>> PutAsync(QueryCall call)
    {
        var role = Find(call);
        await directory.PutPolicyAsync(
            role.Name,
            call.Required("PolicyName"),
            PolicyInput.Parse(call.Required("PolicyDocument"), PolicyKind.Identity)
        );
        return [];
    }

    public Task<IReadOnlyList<XElement>> GetAsync(QueryCall call)
    {
        var role = Find(call);
        var name = call.Required("PolicyName");
        return Task.FromResult<IReadOnlyList<XElement>>([
            new("RoleName", role.Name),
            new("PolicyName", name),
            new(
                "PolicyDocument",
                Uri.EscapeDataString(role.Policies.TryGetValue(name, out var document) ? document.ToJsonString() : throw Missing(name))
            ),
        ]);
    }

    public Task<IReadOnlyList<XElement>> ListAsync(QueryCall call) =>
        Task.FromResult<IReadOnlyList<XElement>>([
            new("PolicyNames", Find(call).Policies.Keys.Order(StringComparer.Ordinal).Select(name => new XElement("member", name))),
            new("IsTruncated", "false"),
        ]);

    public Task<IReadOnlyList<XElement>> ListAttachedAsync(QueryCall call) =>
        Task.FromResult<IReadOnlyList<XElement>>([
            QueryXml.List(
                "AttachedPolicies",
                Find(call).Attached,
                policy => new[] { new XElement("PolicyName", policy.Name), new XElement("PolicyArn", policy.Arn) }
            ),
            new("IsTruncated", "false"),
        ]);

    public async Task<IReadOnlyList<XElement>> AttachAsync(QueryCall call)
    {
        var role = Find(call);
        var arn = call.Required("PolicyArn");
        if (directory.Managed.Find(arn) is null)
        {
            throw new AwsException("NoSuchEntity", $"Policy {arn} does not exist or is not attachable.", 404);
        }

        await directory.AttachAsync(role.Name, arn);
        return [];
    }

    public async Task<IReadOnlyList<XElement>> DetachAsync(QueryCall call)
    {
        var role = Find(call);
        var arn = call.Required("PolicyArn");
        if (role.Attached.All(policy => policy.Arn != arn))
        {
            throw new AwsException("NoSuchEntity", $"Policy {arn} was not found.", 404);
        }

        await directory.DetachAsync(role.Name, arn);
        return [];
    }

    public async Task<IReadOnlyList<XElement>> DeleteAsync(QueryCall call)
    {
        var role = Find(call);
        var name = call.Required("PolicyName");
        if (!role.Policies.ContainsKey(name))
        {
            throw Missing(name);
        }

        await directory.DeletePolicyAsync(role.Name, name);
        return [];
    }

    private Role Find(QueryCall call)
    {
        var name = call.Required("RoleName");
        var role = directory.Find(name);
        context.Authorizer.Demand(call.Caller, call.Right, role?.Arn ?? $"arn:aws:iam::{context.AccountId}:role/{name}");
        return role ?? throw new AwsException("NoSuchEntity", $"The role with name {name} cannot be found.", 404);
    }

    private static AwsException Missing(string policy) => new("NoSuchEntity", $"The role policy with name {policy} cannot be found.", 404);
}
