using TemplateHost.CloudFormation;
using TemplateHost.Deployment;
using TemplateHost.Deployment.Stacks;
using TemplateHost.Identity;
using TemplateHost.Kernel;

namespace TemplateHost.Hosting;

/// <summary>Every service that the host serves: a new one is added here, and nowhere else.</summary>
internal static class ServiceCatalog
{
    public static HostParts Create(HostContext context, RoleDirectory roles, RoleSessions sessions)
    {
        var parts = new HostParts();
        StorageServices.AddTo(parts, context, roles, sessions);
        WorkflowServices.AddTo(parts, context);
        parts.Deployer = new StackDeployer(new StackParts(context, parts.Provisioners));
        parts.Services.Add(new CloudFormationService(context, parts.Deployer));
        return parts;
    }
}
