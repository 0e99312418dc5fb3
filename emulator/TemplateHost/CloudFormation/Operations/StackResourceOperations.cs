using System.Xml.Linq;
using TemplateHost.Deployment;
using TemplateHost.Deployment.Stacks;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.CloudFormation.Operations;

/// <summary>DescribeStackResources, DescribeStackResource, ListStackResources.</summary>
internal sealed class StackResourceOperations(StackAccess access, StackDeployer deployer)
{
    public Task<IReadOnlyList<XElement>> DescribeAllAsync(QueryCall call)
    {
        var stack = access.Find(call, name => $"Stack with id {name} does not exist");
        var wanted = call.Optional("LogicalResourceId");
        return Answer(
            QueryXml.List(
                "StackResources",
                ResourcesOf(stack).Where(resource => wanted is null || resource.LogicalId == wanted),
                resource => Describe(stack, resource, "Timestamp")
            )
        );
    }

    public Task<IReadOnlyList<XElement>> DescribeAsync(QueryCall call)
    {
        var stack = access.Find(call);
        var wanted = call.Required("LogicalResourceId");
        var resource =
            ResourcesOf(stack).FirstOrDefault(known => known.LogicalId == wanted)
            ?? throw new AwsException("ValidationError", $"Resource {wanted} does not exist for stack {stack.Name}");
        return Answer(new XElement("StackResourceDetail", Describe(stack, resource, "LastUpdatedTimestamp")));
    }

    public Task<IReadOnlyList<XElement>> ListAsync(QueryCall call)
    {
        var stack = access.Find(call, name => $"Stack with id {name} does not exist");
        return Answer(QueryXml.List("StackResourceSummaries", ResourcesOf(stack), resource => Common(resource, "LastUpdatedTimestamp")));
    }

    private IEnumerable<StackResource> ResourcesOf(StackRecord stack) =>
        deployer.Stacks.Resources(stack.Id).Where(resource => resource.State == ResourceState.Current);

    private static IEnumerable<object?> Describe(StackRecord stack, StackResource resource, string time) =>
        Common(resource, time).Prepend(new XElement("StackName", stack.Name)).Prepend(new XElement("StackId", stack.Id));

    private static object?[] Common(StackResource resource, string time) =>
        [
            new XElement("LogicalResourceId", resource.LogicalId),
            QueryXml.Optional("PhysicalResourceId", resource.PhysicalId),
            new XElement("ResourceType", resource.Type),
            new XElement(time, QueryXml.Time(resource.ChangedAt)),
            new XElement("ResourceStatus", resource.Status),
            QueryXml.Optional("ResourceStatusReason", resource.Reason),
            new XElement("DriftInformation", new XElement("StackResourceDriftStatus", "NOT_CHECKED")),
        ];

    private static Task<IReadOnlyList<XElement>> Answer(XElement element) => Task.FromResult<IReadOnlyList<XElement>>([element]);
}
