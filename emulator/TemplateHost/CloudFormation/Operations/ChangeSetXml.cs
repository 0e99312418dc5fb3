using System.Xml.Linq;
using TemplateHost.CloudFormation.Model;
using TemplateHost.Gateway;

namespace TemplateHost.CloudFormation.Operations;

/// <summary>Change sets as CloudFormation writes them.</summary>
internal static class ChangeSetXml
{
    private static IEnumerable<XElement> Summarise(ChangeSet set) =>
        new[]
        {
            new XElement("ChangeSetId", set.Id),
            new XElement("ChangeSetName", set.Name),
            new XElement("StackId", set.StackId),
            new XElement("StackName", set.StackName),
            QueryXml.Optional("Description", set.Description),
            new XElement("CreationTime", QueryXml.Time(set.CreatedAt)),
            new XElement("Status", set.Status),
            QueryXml.Optional("StatusReason", set.Reason),
            new XElement("ExecutionStatus", set.ExecutionStatus),
        }.OfType<XElement>();

    public static IEnumerable<XElement> Describe(ChangeSet set) =>
        Summarise(set)
            .Concat([
                QueryXml.List(
                    "Parameters",
                    set.Source.Parameters,
                    parameter => new[] { new XElement("ParameterKey", parameter.Key), new XElement("ParameterValue", parameter.Value) }
                ),
                QueryXml.List("Tags", set.Tags, tag => new[] { new XElement("Key", tag.Key), new XElement("Value", tag.Value) }),
                QueryXml.List(
                    "Changes",
                    set.Changes,
                    line => new[] { new XElement("Type", "Resource"), new XElement("ResourceChange", Change(line)) }
                ),
            ]);

    private static object?[] Change(ChangeLine line) =>
        [
            new XElement("Action", line.Action),
            new XElement("LogicalResourceId", line.LogicalId),
            QueryXml.Optional("PhysicalResourceId", line.PhysicalId),
            new XElement("ResourceType", line.Type),
            QueryXml.Optional("Replacement", line.Replacement),
            QueryXml.List("Scope", line.Properties.Count > 0 ? ["Properties"] : Array.Empty<string>(), scope => scope),
            QueryXml.List(
                "Details",
                line.Properties,
                property =>
                    new[]
                    {
                        new XElement("Target", new XElement("Attribute", "Properties"), new XElement("Name", property)),
                        new XElement("Evaluation", "Static"),
                        new XElement("ChangeSource", "DirectModification"),
                    }
            ),
        ];
}
