using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using TemplateHost.Deployment;
using TemplateHost.Deployment.Stacks;
using TemplateHost.Gateway;

namespace TemplateHost.CloudFormation.Operations;

/// <summary>DescribeStacks, DescribeStackEvents.</summary>
internal sealed class StackReadOperations(StackAccess access, StackDeployer deployer)
{
    public Task<IReadOnlyList<XElement>> DescribeAsync(QueryCall call)
    {
        if (call.Optional("StackName") is { Length: > 0 })
        {
            var one = access.Find(call, name => $"Stack with id {name} does not exist");
            return Task.FromResult<IReadOnlyList<XElement>>([QueryXml.List("Stacks", [one], Describe)]);
        }

        access.Demand(call, "*");
        var all = deployer.Stacks.Stacks().Where(stack => !stack.IsDeleted).Reverse();
        return Task.FromResult<IReadOnlyList<XElement>>([QueryXml.List("Stacks", all, Describe)]);
    }

    /// <summary>Latest first.</summary>
    public Task<IReadOnlyList<XElement>> DescribeEventsAsync(QueryCall call)
    {
        var stack = access.Find(call);
        var events = deployer.Stacks.Events(stack.Id).Select((line, position) => (Line: line, Position: position)).Reverse();
        return Task.FromResult<IReadOnlyList<XElement>>([
            QueryXml.List("StackEvents", events, line => Describe(stack, line.Line, line.Position)),
        ]);
    }

    private static object?[] Describe(StackRecord stack) =>
        [
            new XElement("StackId", stack.Id),
            new XElement("StackName", stack.Name),
            QueryXml.Optional("Description", TemplateText.DescriptionOf(stack)),
            QueryXml.List(
                "Parameters",
                TemplateText.ParametersOf(stack),
                parameter => new[] { new XElement("ParameterKey", parameter.Key), new XElement("ParameterValue", parameter.Value) }
            ),
            new XElement("CreationTime", QueryXml.Time(stack.CreatedAt)),
            QueryXml.Optional("LastUpdatedTime", QueryXml.Time(stack.UpdatedAt)),
            QueryXml.Optional("DeletionTime", QueryXml.Time(stack.DeletedAt)),
            new XElement("StackStatus", stack.Status),
            QueryXml.Optional("StackStatusReason", stack.Reason),
            new XElement("DisableRollback", QueryXml.Flag(stack.DisableRollback)),
            new XElement("EnableTerminationProtection", "false"),
            new XElement("NotificationARNs"),
            new XElement("Capabilities"),
            QueryXml.List(
                "Outputs",
                stack.Outputs,
                output =>
                    new[]
                    {
                        new XElement("OutputKey", output.Name),
                        new XElement("OutputValue", output.Value),
                        QueryXml.Optional("Description", output.Description),
                        QueryXml.Optional("ExportName", output.ExportName),
                    }
            ),
            QueryXml.List("Tags", stack.Tags, tag => new[] { new XElement("Key", tag.Key), new XElement("Value", tag.Value) }),
            new XElement("DriftInformation", new XElement("StackDriftStatus", "NOT_CHECKED")),
        ];

    private static object?[] Describe(StackRecord stack, StackEvent line, int position) =>
        [
            new XElement("StackId", stack.Id),
            new XElement("StackName", stack.Name),
            new XElement("EventId", EventIdOf(line, position)),
            new XElement("LogicalResourceId", line.LogicalId),
            new XElement("PhysicalResourceId", line.PhysicalId ?? ""),
            new XElement("ResourceType", line.Type),
            new XElement("Timestamp", QueryXml.Time(line.Time)),
            new XElement("ResourceStatus", line.Status),
            QueryXml.Optional("ResourceStatusReason", line.Reason),
            QueryXml.Optional("ResourceProperties", line.Properties),
        ];

    /// <summary>The same for the same event however often it is read.</summary>
    private static Guid EventIdOf(StackEvent line, int position) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{line.StackId}\n{position}")).AsSpan(0, 16), bigEndian: true);
}
