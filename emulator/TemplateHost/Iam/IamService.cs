using System.Xml.Linq;
using TemplateHost.Gateway;
using TemplateHost.Iam.Operations;
using TemplateHost.Identity;
using TemplateHost.Kernel;

namespace TemplateHost.Iam;

/// <summary>Identity and Access Management: roles, their inline policies, and managed policies.</summary>
internal sealed class IamService(HostContext context, RoleDirectory directory) : QueryService
{
    private readonly RoleOperations roles = new(context, directory);
    private readonly RolePolicyOperations policies = new(context, directory);
    private readonly ManagedPolicyOperations managed = new(context, directory);

    public override string SigningName => "iam";

    protected override string XmlNamespace => "https://iam.amazonaws.com/doc/2010-05-08/";

    protected override IReadOnlyDictionary<string, Func<QueryCall, Task<IReadOnlyList<XElement>>>> Operations =>
        new Dictionary<string, Func<QueryCall, Task<IReadOnlyList<XElement>>>>
        {
            ["CreateRole"] = roles.CreateAsync,
            ["GetRole"] = roles.GetAsync,
            ["ListRoles"] = roles.ListAsync,
            ["UpdateAssumeRolePolicy"] = roles.UpdateTrustAsync,
            ["DeleteRole"] = roles.DeleteAsync,
            ["PutRolePolicy"] = policies.PutAsync,
            ["GetRolePolicy"] = policies.GetAsync,
            ["ListRolePolicies"] = policies.ListAsync,
            ["ListAttachedRolePolicies"] = policies.ListAttachedAsync,
            ["DeleteRolePolicy"] = policies.DeleteAsync,
            ["AttachRolePolicy"] = policies.AttachAsync,
            ["DetachRolePolicy"] = policies.DetachAsync,
            ["CreatePolicy"] = managed.CreateAsync,
            ["GetPolicy"] = managed.GetAsync,
            ["GetPolicyVersion"] = managed.GetVersionAsync,
            ["ListPolicies"] = managed.ListAsync,
            ["ListEntitiesForPolicy"] = managed.ListEntitiesAsync,
            ["DeletePolicy"] = managed.DeleteAsync,
            ["UpdateRole"] = roles.UpdateAsync,
            ["TagRole"] = roles.TagAsync,
            ["UntagRole"] = roles.UntagAsync,
            ["ListRoleTags"] = roles.ListTagsAsync,
        };
}
