using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FairShare.Local.Gateway;
using FairShare.Local.Hosting;
using FairShare.Local.Identity;

namespace FairShare.Local.Iam.Operations;

/// <summary>CreateRole, GetRole, ListRoles, UpdateAssumeRolePolicy, DeleteRole.</summary>
internal sealed class RoleOperations(HostContext context)
{
    public async Task<IReadOnlyList<XElement>> CreateAsync(QueryCall call)
    {
        var (name, path) = (call.Required("RoleName"), call.Input.GetValueOrDefault("Path", "/"));
        var arn = $"arn:aws:iam::{context.AccountId}:role{path}{name}";
        context.Authorizer.Demand(call.Caller, "iam:CreateRole", arn);
        var trust = PolicyInput.Parse(call.Required("AssumeRolePolicyDocument"));
        if (context.RoleDirectory.Find(name) is not null)
        {
            throw new AwsException("EntityAlreadyExists", $"Role with name {name} already exists.", 409);
        }

        var role = new Role(
            name, arn, "AROA" + context.Random.Base32(17), path, context.Time.GetUtcNow(), trust, new Dictionary<string, JsonObject>());
        await context.RoleDirectory.PutAsync(role);
        return [new XElement("Role", Describe(role))];
    }

    public Task<IReadOnlyList<XElement>> GetAsync(QueryCall call) =>
        Task.FromResult<IReadOnlyList<XElement>>([new XElement("Role", Describe(Find(call, "iam:GetRole")))]);

    public Task<IReadOnlyList<XElement>> ListAsync(QueryCall call)
    {
        context.Authorizer.Demand(call.Caller, "iam:ListRoles", $"arn:aws:iam::{context.AccountId}:role/");
        return Task.FromResult<IReadOnlyList<XElement>>(
        [
            new XElement("Roles", context.RoleDirectory.All.Select(role => new XElement("member", Describe(role)))),
            new XElement("IsTruncated", "false"),
        ]);
    }

    public async Task<IReadOnlyList<XElement>> UpdateTrustAsync(QueryCall call)
    {
        var role = Find(call, "iam:UpdateAssumeRolePolicy");
        await context.RoleDirectory.PutAsync(role with { TrustPolicy = PolicyInput.Parse(call.Required("PolicyDocument")) });
        return [];
    }

    public async Task<IReadOnlyList<XElement>> DeleteAsync(QueryCall call)
    {
        var role = Find(call, "iam:DeleteRole");
        if (role.Policies.Count > 0)
        {
            throw new AwsException("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
        }

        await context.RoleDirectory.DeleteAsync(role.Name);
        return [];
    }

    private Role Find(QueryCall call, string action)
    {
        var name = call.Required("RoleName");
        var role = context.RoleDirectory.Find(name);
        context.Authorizer.Demand(call.Caller, action, role?.Arn ?? $"arn:aws:iam::{context.AccountId}:role/{name}");
        return role ?? throw new AwsException("NoSuchEntity", $"The role with name {name} cannot be found.", 404);
    }

    private static IEnumerable<XElement> Describe(Role role) =>
    [
        new("Path", role.Path),
        new("RoleName", role.Name),
        new("RoleId", role.UniqueId),
        new("Arn", role.Arn),
        new("CreateDate", role.CreatedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
        // IAM answers with policy documents in URL encoding.
        new("AssumeRolePolicyDocument", Uri.EscapeDataString(role.TrustPolicy.ToJsonString())),
        new("MaxSessionDuration", 43200),
    ];
}
