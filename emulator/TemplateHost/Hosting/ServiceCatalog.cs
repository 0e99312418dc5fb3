using TemplateHost.CloudFormation;
using TemplateHost.Deployment;
using TemplateHost.Deployment.Stacks;

namespace TemplateHost.Hosting;

/// <summary>Every service that the host serves: a new one is added here, and nowhere else.</summary>
internal static class ServiceCatalog
{
    public static HostParts Create(HostContext context)
    {
        var parts = new HostParts();
        StorageServices.AddTo(parts, context);
        WorkflowServices.AddTo(parts, context);
        parts.Deployer = new StackDeployer(new StackParts(context, parts.Provisioners));
        parts.Services.Add(new CloudFormationService(context, parts.Deployer));
        return parts;
    }
}
