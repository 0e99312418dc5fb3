using System.Xml.Linq;
using TemplateHost.Gateway;
using TemplateHost.Hosting;
using TemplateHost.Iam.Operations;

namespace TemplateHost.Iam;

/// <summary>Identity and Access Management: roles, their inline policies, and managed policies.</summary>
internal sealed class IamService(HostContext context) : QueryService
{
    private readonly RoleOperations roles = new(context);
    private readonly RolePolicyOperations policies = new(context);
    private readonly ManagedPolicyOperations managed = new(context);

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
