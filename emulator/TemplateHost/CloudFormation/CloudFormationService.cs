using System.Xml.Linq;
using TemplateHost.CloudFormation.Operations;
using TemplateHost.CloudFormation.Storage;
using TemplateHost.Deployment;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.CloudFormation;

/// <summary>
/// CloudFormation: the stacks of the account, the host's own among them. An operation answers when the stack has come to rest.
/// </summary>
internal sealed class CloudFormationService(HostContext context, StackDeployer deployer) : QueryService
{
    private readonly StackChangeOperations changes = new(new StackAccess(context, deployer), deployer);
    private readonly StackReadOperations stacks = new(new StackAccess(context, deployer), deployer);
    private readonly StackResourceOperations resources = new(new StackAccess(context, deployer), deployer);
    private readonly TemplateOperations templates = new(new StackAccess(context, deployer), deployer);
    private readonly ChangeSetOperations changeSets = new(
        new StackAccess(context, deployer),
        deployer,
        new ChangeSetTable(context.Store),
        context
    );

    public override string SigningName => "cloudformation";

    protected override string XmlNamespace => "http://cloudformation.amazonaws.com/doc/2010-05-15/";

    protected override IReadOnlyDictionary<string, Func<QueryCall, Task<IReadOnlyList<XElement>>>> Operations =>
        new Dictionary<string, Func<QueryCall, Task<IReadOnlyList<XElement>>>>
        {
            ["CreateStack"] = changes.CreateAsync,
            ["UpdateStack"] = changes.UpdateAsync,
            ["DeleteStack"] = changes.DeleteAsync,
            ["ContinueUpdateRollback"] = changes.ContinueRollbackAsync,
            ["DescribeStacks"] = stacks.DescribeAsync,
            ["ListStacks"] = stacks.ListAsync,
            ["DescribeStackEvents"] = stacks.DescribeEventsAsync,
            ["DescribeStackResources"] = resources.DescribeAllAsync,
            ["DescribeStackResource"] = resources.DescribeAsync,
            ["ListStackResources"] = resources.ListAsync,
            ["GetTemplate"] = templates.GetAsync,
            ["GetTemplateSummary"] = templates.SummariseAsync,
            ["ValidateTemplate"] = templates.ValidateAsync,
            ["CreateChangeSet"] = changeSets.CreateAsync,
            ["DescribeChangeSet"] = changeSets.DescribeAsync,
            ["ListChangeSets"] = changeSets.ListAsync,
            ["ExecuteChangeSet"] = changeSets.ExecuteAsync,
            ["DeleteChangeSet"] = changeSets.DeleteAsync,
        };
}
