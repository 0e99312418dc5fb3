using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TemplateHost.Gateway;
using TemplateHost.Identity;
using TemplateHost.Identity.Policies;
using TemplateHost.Kernel;

namespace TemplateHost.Iam.Operations;

/// <summary>CreateRole, GetRole, ListRoles, DeleteRole, TagRole, UntagRole.</summary>
internal sealed partial class RoleOperations(HostContext context, RoleDirectory directory)
{
    public async Task<IReadOnlyList<XElement>> CreateAsync(QueryCall call)
    {
        var (name, path) = (call.Required("RoleName"), call.Input.GetValueOrDefault("Path", "/"));
        var arn = $"arn:aws:iam::{context.AccountId}:role{path}{name}";
        context.Authorizer.Demand(call.Caller, call.Right, arn);
        if (!NamePattern().IsMatch(name))
        {
            throw new AwsException(
                "ValidationError",
                "The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-"
            );
        }

        var trust = PolicyInput.Parse(call.Required("AssumeRolePolicyDocument"), PolicyKind.Trust);
        var settings = new RoleSettings(
            call.Optional("Description"),
            SessionSeconds(call) ?? RoleSettings.DefaultSessionSeconds,
            call.Tags("InvalidInput")
        );
        if (directory.Find(name) is not null)
        {
            throw new AwsException("EntityAlreadyExists", $"Role with name {name} already exists.", 409);
        }

        var role = new Role(
            name,
            arn,
            "AROA" + context.Random.Base32(17),
            path,
            context.Time.GetUtcNow(),
            trust,
            new Dictionary<string, JsonObject>(),
            settings
        );
        await directory.PutAsync(role);
        return [new XElement("Role", Describe(role))];
    }

    public Task<IReadOnlyList<XElement>> GetAsync(QueryCall call) =>
        Task.FromResult<IReadOnlyList<XElement>>([new XElement("Role", Describe(Find(call)))]);

    public Task<IReadOnlyList<XElement>> ListAsync(QueryCall call)
    {
        context.Authorizer.Demand(call.Caller, call.Right, $"arn:aws:iam::{context.AccountId}:role/");
        return Task.FromResult<IReadOnlyList<XElement>>([
            new XElement("Roles", directory.All.Select(role => new XElement("member", Describe(role)))),
            new XElement("IsTruncated", "false"),
        ]);
    }

    public async Task<IReadOnlyList<XElement>> DeleteAsync(QueryCall call)
    {
        var role = Find(call);
        if (role.Policies.Count + role.Attached.Count > 0)
        {
            throw new AwsException(
                "DeleteConflict",
                $"Cannot delete entity, must {(role.Policies.Count > 0 ? "delete policies" : "detach all policies")} first.",
                409
            );
        }

        await directory.DeleteAsync(role.Name);
        return [];
    }

    public Task<IReadOnlyList<XElement>> TagAsync(QueryCall call) =>
        SetTagsAsync(call, tags => call.Tags("InvalidInput").ToList().ForEach(tag => tags[tag.Key] = tag.Value));

    public Task<IReadOnlyList<XElement>> UntagAsync(QueryCall call) =>
        SetTagsAsync(call, tags => call.Texts("TagKeys").ToList().ForEach(key => tags.Remove(key)));

    private async Task<IReadOnlyList<XElement>> SetTagsAsync(QueryCall call, Action<Dictionary<string, string>> change)
    {
        var role = Find(call);
        var tags = role.Settings.Tags.ToDictionary();
        change(tags);
        await directory.PutAsync(role with { Settings = role.Settings with { Tags = tags } });
        return [];
    }

    private static int? SessionSeconds(QueryCall call) =>
        call.Optional("MaxSessionDuration") is not { } given ? null
        : int.TryParse(given, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 3600 and <= 43200 ? seconds
        : throw new AwsException(
            "ValidationError",
            $"1 validation error detected: Value '{given}' at 'maxSessionDuration' failed to satisfy constraint: Member "
                + "must have value between 3600 and 43200"
        );

    private static XElement TagsOf(Role role) =>
        QueryXml.List("Tags", role.Settings.Tags, tag => new[] { new XElement("Key", tag.Key), new XElement("Value", tag.Value) });

    private Role Find(QueryCall call)
    {
        var name = call.Required("RoleName");
        var role = directory.Find(name);
        context.Authorizer.Demand(call.Caller, call.Right, role?.Arn ?? $"arn:aws:iam::{context.AccountId}:role/{name}");
        return role ?? throw new AwsException("NoSuchEntity", $"The role with name {name} cannot be found.", 404);
    }

    private static IEnumerable<object?> Describe(Role role) =>
        [
            new XElement("Path", role.Path),
            new XElement("RoleName", role.Name),
            new XElement("RoleId", role.UniqueId),
            new XElement("Arn", role.Arn),
            new XElement("CreateDate", role.CreatedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
            // IAM answers with policy documents in URL encoding.
            new XElement("AssumeRolePolicyDocument", Uri.EscapeDataString(role.TrustPolicy.ToJsonString())),
            QueryXml.Optional("Description", role.Settings.Description),
            new XElement("MaxSessionDuration", role.Settings.MaxSessionSeconds),
            role.Settings.Tags.Count > 0 ? TagsOf(role) : null,
        ];

    [GeneratedRegex(@"^[\w+=,.@-]{1,64}$")]
    private static partial Regex NamePattern();
}
