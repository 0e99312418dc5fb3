using TemplateHost.Deployment;
using TemplateHost.Kernel;

namespace TemplateHost.Hosting;

/// <summary>What the services of a host contribute; each composition file adds its own.</summary>
internal sealed class HostParts
{
    public List<IAwsService> Services { get; } = [];

    public List<IResourceProvisioner> Provisioners { get; } = [];

    /// <summary>Started in this order once the template is deployed, stopped in the reverse order.</summary>
    public List<IBackgroundWork> Background { get; } = [];

    /// <summary>The account's stacks; made once all provisioners are there.</summary>
    public StackDeployer? Deployer { get; set; }

    /// <summary>Tells how many invocations of functions are under way.</summary>
    public Func<int> RunningInvocations { get; set; } = () => 0;

    /// <summary>Ends the instances of functions that have nothing to do.</summary>
    public Func<Task> EndIdleFunctions { get; set; } = () => Task.CompletedTask;

    /// <summary>Takes up the work that a stack deployed meanwhile has asked for.</summary>
    public Action TakeUp { get; set; } = () => { };

    /// <summary>What serves the API port; null answers 404 to everything.</summary>
    public IHttpApi? Api { get; set; }
}
