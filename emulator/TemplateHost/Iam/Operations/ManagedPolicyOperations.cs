using System.Text.RegularExpressions;
using System.Xml.Linq;
using TemplateHost.Gateway;
using TemplateHost.Identity;
using TemplateHost.Identity.Policies;
using TemplateHost.Kernel;

namespace TemplateHost.Iam.Operations;

/// <summary>CreatePolicy, GetPolicy, ListPolicies, DeletePolicy: customer managed policies, each of one version.</summary>
internal sealed partial class ManagedPolicyOperations(HostContext context, RoleDirectory directory)
{
    public async Task<IReadOnlyList<XElement>> CreateAsync(QueryCall call)
    {
        var (name, path) = (call.Required("PolicyName"), call.Input.GetValueOrDefault("Path", "/"));
        var arn = $"arn:aws:iam::{context.AccountId}:policy{path}{name}";
        context.Authorizer.Demand(call.Caller, call.Right, arn);
        if (!NamePattern().IsMatch(name))
        {
            throw new AwsException(
                "ValidationError",
                "The specified value for policyName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-"
            );
        }

        var document = PolicyInput.Parse(call.Required("PolicyDocument"), PolicyKind.Identity);
        if (directory.Managed.Find(arn) is not null)
        {
            throw new AwsException("EntityAlreadyExists", $"A policy called {name} already exists. Duplicate names are not allowed.", 409);
        }

        var now = context.Time.GetUtcNow();
        var policy = new ManagedPolicy(
            arn,
            name,
            "ANPA" + context.Random.Base32(17),
            path,
            call.Optional("Description"),
            now,
            now,
            1,
            document
        );
        await directory.PutManagedAsync(policy);
        return [new XElement("Policy", Describe(policy, 0))];
    }

    public Task<IReadOnlyList<XElement>> GetAsync(QueryCall call)
    {
        var policy = Find(call);
        return Answer(new XElement("Policy", Describe(policy, directory.Managed.RolesOf(policy.Arn).Count)));
    }

    public Task<IReadOnlyList<XElement>> ListAsync(QueryCall call)
    {
        context.Authorizer.Demand(call.Caller, call.Right, "*");
        var managed = directory.Managed;
        IEnumerable<ManagedPolicy> own = call.Optional("Scope") == "AWS" ? [] : managed.All;
        var listed = call.Optional("Scope") == "Local" ? own : own.Append(ManagedPolicy.LambdaBasicExecution);
        return Answer(
            QueryXml.List("Policies", listed, policy => Describe(policy, managed.RolesOf(policy.Arn).Count)),
            new XElement("IsTruncated", "false")
        );
    }

    public async Task<IReadOnlyList<XElement>> DeleteAsync(QueryCall call)
    {
        var policy = Find(call);
        if (directory.Managed.RolesOf(policy.Arn).Count > 0)
        {
            throw new AwsException("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
        }

        await directory.DeleteManagedAsync(policy.Arn);
        return [];
    }

    private ManagedPolicy Find(QueryCall call)
    {
        var arn = call.Required("PolicyArn");
        context.Authorizer.Demand(call.Caller, call.Right, arn);
        return directory.Managed.Find(arn) ?? throw new AwsException("NoSuchEntity", $"Policy {arn} was not found.", 404);
    }

    private static string VersionOf(ManagedPolicy policy) => $"v{policy.Version}";

    private static object?[] Describe(ManagedPolicy policy, int attachments) =>
        [
            new XElement("PolicyName", policy.Name),
            new XElement("PolicyId", policy.Id),
            new XElement("Arn", policy.Arn),
            new XElement("Path", policy.Path),
            new XElement("DefaultVersionId", VersionOf(policy)),
            new XElement("AttachmentCount", attachments),
            new XElement("PermissionsBoundaryUsageCount", 0),
            new XElement("IsAttachable", "true"),
            QueryXml.Optional("Description", policy.Description),
            new XElement("CreateDate", QueryXml.Time(policy.CreatedAt)),
            new XElement("UpdateDate", QueryXml.Time(policy.UpdatedAt)),
        ];

    private static Task<IReadOnlyList<XElement>> Answer(params XElement[] elements) => Task.FromResult<IReadOnlyList<XElement>>(elements);

    [GeneratedRegex(@"^[\w+=,.@-]{1,128}$")]
    private static partial Regex NamePattern();
}
