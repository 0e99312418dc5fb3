using System.Xml.Linq;
using TemplateHost.Gateway;
using TemplateHost.Iam.Operations;
using TemplateHost.Identity;
using TemplateHost.Kernel;

namespace TemplateHost.Iam;

/// <summary>Identity and Access Management: roles, their inline policies, and managed policies.</summary>
internal sealed class IamService : QueryService
{
    public IamService(HostContext context, RoleDirectory directory)
    {
        var roles = new RoleOperations(context, directory);
        var policies = new RolePolicyOperations(context, directory);
        var managed = new ManagedPolicyOperations(context, directory);
        Operations = new([
            new("CreateRole", "Path RoleName AssumeRolePolicyDocument Description MaxSessionDuration Tags", roles.CreateAsync),
            new("GetRole", "RoleName", roles.GetAsync),
            new("ListRoles", "", roles.ListAsync),
            new("DeleteRole", "RoleName", roles.DeleteAsync),
            new("PutRolePolicy", "RoleName PolicyName PolicyDocument", policies.PutAsync),
            new("GetRolePolicy", "RoleName PolicyName", policies.GetAsync),
            new("ListRolePolicies", "RoleName", policies.ListAsync),
            new("ListAttachedRolePolicies", "RoleName", policies.ListAttachedAsync),
            new("DeleteRolePolicy", "RoleName PolicyName", policies.DeleteAsync),
            new("AttachRolePolicy", "RoleName PolicyArn", policies.AttachAsync),
            new("DetachRolePolicy", "RoleName PolicyArn", policies.DetachAsync),
            new("CreatePolicy", "PolicyName Path PolicyDocument Description", managed.CreateAsync),
            new("GetPolicy", "PolicyArn", managed.GetAsync),
            new("ListPolicies", "Scope", managed.ListAsync),
            new("DeletePolicy", "PolicyArn", managed.DeleteAsync),
            new("TagRole", "RoleName Tags", roles.TagAsync),
            new("UntagRole", "RoleName TagKeys", roles.UntagAsync),
        ]);
    }

    public override string SigningName => "iam";

    protected override string XmlNamespace => "https://iam.amazonaws.com/doc/2010-05-08/";

    protected override OperationTable<QueryCall, IReadOnlyList<XElement>> Operations { get; }
}
