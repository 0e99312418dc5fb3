using System.Xml.Linq;
using TemplateHost.Deployment;
using TemplateHost.Deployment.Stacks;
using TemplateHost.Deployment.Templates;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.CloudFormation.Operations;

/// <summary>CreateStack, UpdateStack, DeleteStack, ContinueUpdateRollback.</summary>
internal sealed class StackChangeOperations(StackAccess access, StackDeployer deployer)
{
    public Task<IReadOnlyList<XElement>> CreateAsync(QueryCall call) =>
        StackAccess.RefusingAsync(async () =>
        {
            var name = StackAccess.NameOf(call);
            if (access.TryFind(call, name) is { Status: not StackStatus.ReviewInProgress })
            {
                throw new AwsException("AlreadyExistsException", $"Stack [{name}] already exists");
            }

            var source = StackInput.Read(call, null);
            DemandAllowed(call, source);
            var stack = deployer.NewStack(name, source) with { Tags = call.Tags(), DisableRollback = LeavesFailures(call) };
            await deployer.CreateAsync(stack, CancellationToken.None);
            return Answer(stack);
        });

    public Task<IReadOnlyList<XElement>> UpdateAsync(QueryCall call) =>
        StackAccess.RefusingAsync(async () =>
        {
            var stack = access.Find(call);
            if (!StackStatus.IsUpdatable(stack.Status))
            {
                throw new AwsException("ValidationError", $"Stack:{stack.Id} is in {stack.Status} state and can not be updated.");
            }

            var source = StackInput.Read(call, stack.Deployed);
            DemandAllowed(call, source);
            if (new StackPlan(deployer.Parts, stack).IsEmpty(deployer.Parts.Prepare(stack, source)))
            {
                throw new AwsException("ValidationError", "No updates are to be performed.");
            }

            var tagged = call.Structures("Tags").Count > 0 ? stack with { Tags = call.Tags() } : stack;
            await deployer.UpdateAsync(tagged, source, CancellationToken.None);
            return Answer(stack);
        });

    /// <summary>A stack that is not there is deleted already.</summary>
    public async Task<IReadOnlyList<XElement>> DeleteAsync(QueryCall call)
    {
        if (access.TryFind(call, call.Required("StackName")) is { IsDeleted: false } stack)
        {
            access.DemandRights(call, deployer.Stacks.Resources(stack.Id).Select(resource => resource.Type));
            await deployer.DeleteAsync(stack, CancellationToken.None);
        }

        return [];
    }

    public async Task<IReadOnlyList<XElement>> ContinueRollbackAsync(QueryCall call)
    {
        var stack = access.Find(call);
        if (stack.Status != StackStatus.UpdateRollbackFailed)
        {
            throw new AwsException("ValidationError", $"Stack:{stack.Id} is in {stack.Status} state and can not continue update rollback.");
        }

        access.DemandRights(call, deployer.Stacks.Resources(stack.Id).Select(resource => resource.Type));
        await deployer.ContinueRollbackAsync(stack, CancellationToken.None);
        return [];
    }

    private void DemandAllowed(QueryCall call, StackSource source)
    {
        var template = Template.Parse(source.Template);
        if (template.Resources.Count == 0)
        {
            throw new AwsException("ValidationError", "Template format error: At least one Resources member must be defined.");
        }

        StackInput.DemandCapabilities(call, template);
        access.DemandRights(call, template.Resources.Select(resource => resource.Type));
    }

    /// <exception cref="AwsException">It is said both ways.</exception>
    private static bool LeavesFailures(QueryCall call) =>
        (call.Optional("DisableRollback"), call.Optional("OnFailure")) switch
        {
            (null, null) => false,
            (var disable, null) => disable == "true",
            (null, var failure) => failure == "DO_NOTHING",
            _ => throw new AwsException("ValidationError", "You can specify either DisableRollback or OnFailure, but not both."),
        };

    private static IReadOnlyList<XElement> Answer(StackRecord stack) => [new("StackId", stack.Id)];
}
