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
internal sealed class CloudFormationService : QueryService
{
    public CloudFormationService(HostContext context, StackDeployer deployer)
    {
        var access = new StackAccess(context, deployer);
        var changes = new StackChangeOperations(access, deployer);
        var stacks = new StackReadOperations(access, deployer);
        var resources = new StackResourceOperations(access, deployer);
        var templates = new TemplateOperations(access, deployer);
        var changeSets = new ChangeSetOperations(access, deployer, new ChangeSetTable(context.Store), context);
        Operations = new([
            new(
                "CreateStack",
                "StackName TemplateBody Parameters DisableRollback Capabilities OnFailure=ROLLBACK|DO_NOTHING "
                    + "Tags EnableTerminationProtection=false",
                changes.CreateAsync
            ),
            new(
                "UpdateStack",
                "StackName TemplateBody UsePreviousTemplate Parameters Capabilities Tags DisableRollback",
                changes.UpdateAsync
            ),
            new("DeleteStack", "StackName", changes.DeleteAsync),
            new("ContinueUpdateRollback", "StackName", changes.ContinueRollbackAsync),
            new("DescribeStacks", "StackName", stacks.DescribeAsync),
            new("DescribeStackEvents", "StackName", stacks.DescribeEventsAsync),
            new("DescribeStackResources", "StackName LogicalResourceId", resources.DescribeAllAsync),
            new("DescribeStackResource", "StackName LogicalResourceId", resources.DescribeAsync),
            new("ListStackResources", "StackName", resources.ListAsync),
            new("GetTemplate", "StackName TemplateStage", templates.GetAsync),
            new("ValidateTemplate", "TemplateBody", templates.ValidateAsync),
            new(
                "CreateChangeSet",
                "StackName TemplateBody UsePreviousTemplate Parameters Capabilities Tags ChangeSetName " + "Description ChangeSetType",
                changeSets.CreateAsync
            ),
            new("DescribeChangeSet", "ChangeSetName StackName", changeSets.DescribeAsync),
            new("ExecuteChangeSet", "ChangeSetName StackName", changeSets.ExecuteAsync),
            new("DeleteChangeSet", "ChangeSetName StackName", changeSets.DeleteAsync),
        ]);
    }

    public override string SigningName => "cloudformation";

    protected override string XmlNamespace => "http://cloudformation.amazonaws.com/doc/2010-05-15/";

    protected override OperationTable<QueryCall, IReadOnlyList<XElement>> Operations { get; }
}
