using System.Xml.Linq;
using TemplateHost.CloudFormation.Model;
using TemplateHost.CloudFormation.Storage;
using TemplateHost.Deployment;
using TemplateHost.Deployment.Stacks;
using TemplateHost.Deployment.Templates;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.CloudFormation.Operations;

/// <summary>
/// CreateChangeSet, DescribeChangeSet, ExecuteChangeSet, DeleteChangeSet: what `aws cloudformation deploy` calls.
/// </summary>
internal sealed class ChangeSetOperations(StackAccess access, StackDeployer deployer, ChangeSetTable sets, HostContext context)
{
    public Task<IReadOnlyList<XElement>> CreateAsync(QueryCall call) =>
        StackAccess.RefusingAsync<IReadOnlyList<XElement>>(async () =>
        {
            var name = call.Required("ChangeSetName");
            var stack = StackFor(call);
            if (sets.Of(stack.Id).Any(known => known.Name == name))
            {
                throw new AwsException("AlreadyExistsException", $"ChangeSet {name} already exists for stack {stack.Id}");
            }

            var source = StackInput.Read(call, stack.Deployed);
            var template = Template.Parse(source.Template);
            StackInput.DemandCapabilities(call, template);
            access.DemandRights(call, template.Resources.Select(resource => resource.Type));
            var planned = new ChangeSet(
                context.Arn("cloudformation", $"changeSet/{name}/{context.Random.Uuid()}"),
                name,
                stack.Id,
                stack.Name,
                source,
                call.Tags(),
                context.Time.GetUtcNow(),
                "CREATE_COMPLETE",
                "AVAILABLE",
                null,
                call.Optional("Description"),
                []
            );
            await deployer.Stacks.SaveAsync(stack);
            await sets.PutAsync(Plan(planned, stack));
            return [new XElement("Id", planned.Id), new XElement("StackId", stack.Id)];
        });

    public Task<IReadOnlyList<XElement>> DescribeAsync(QueryCall call) =>
        Task.FromResult<IReadOnlyList<XElement>>([.. ChangeSetXml.Describe(Find(call))]);

    public Task<IReadOnlyList<XElement>> ExecuteAsync(QueryCall call) =>
        StackAccess.RefusingAsync<IReadOnlyList<XElement>>(async () =>
        {
            var set = Find(call);
            if (set.ExecutionStatus != "AVAILABLE")
            {
                throw new AwsException(
                    "InvalidChangeSetStatus",
                    $"ChangeSet [{set.Id}] cannot be executed in its current execution status of [{set.ExecutionStatus}] with "
                        + $"status of [{set.Status}]"
                );
            }

            var stack = deployer.Stacks.Find(set.StackId)!;
            access.DemandRights(call, set.Changes.Select(line => line.Type));
            var tagged = set.Tags.Count > 0 ? stack with { Tags = set.Tags } : stack;
            await (
                stack.Status == StackStatus.ReviewInProgress
                    ? deployer.CreateAsync(tagged with { Target = set.Source }, CancellationToken.None)
                    : deployer.UpdateAsync(tagged, set.Source, CancellationToken.None)
            );
            await sets.PutAsync(set with { ExecutionStatus = "EXECUTE_COMPLETE" });
            foreach (var other in sets.Of(set.StackId).Where(other => other.Id != set.Id && other.ExecutionStatus == "AVAILABLE"))
            {
                // What was planned before the stack changed is no plan any more.
                await sets.PutAsync(other with { ExecutionStatus = "OBSOLETE" });
            }

            return [];
        });

    public async Task<IReadOnlyList<XElement>> DeleteAsync(QueryCall call)
    {
        await sets.DeleteAsync(Find(call).Id);
        return [];
    }

    private StackRecord StackFor(QueryCall call)
    {
        var name = call.Required("StackName").StartsWith("arn:", StringComparison.Ordinal)
            ? call.Required("StackName")
            : StackAccess.NameOf(call);
        var stack = access.TryFind(call, name);
        return (call.Optional("ChangeSetType") ?? "UPDATE") switch
        {
            "CREATE" when stack is null || stack.Status == StackStatus.ReviewInProgress => stack
                ?? deployer.NewStack(name, new StackSource("{}", new Dictionary<string, string>())) with
                {
                    Status = StackStatus.ReviewInProgress,
                    Target = null,
                },
            "CREATE" => throw new AwsException(
                "ValidationError",
                $"Stack [{name}] already exists and cannot be created again with the changeSet [{call.Required("ChangeSetName")}]."
            ),
            "UPDATE" when stack is null => throw new AwsException("ValidationError", $"Stack [{name}] does not exist"),
            "UPDATE" when !StackStatus.IsUpdatable(stack.Status) => throw new AwsException(
                "ValidationError",
                $"Stack:{stack.Id} is in {stack.Status} state and can not be updated."
            ),
            "UPDATE" => stack!,
            var other => throw new AwsException("ValidationError", $"ChangeSetType {other} is not honoured by the embedded host."),
        };
    }

    private ChangeSet Plan(ChangeSet set, StackRecord stack)
    {
        try
        {
            var plan = new StackPlan(deployer.Parts, stack);
            var prepared = deployer.Parts.Prepare(stack, set.Source);
            var changes = plan.Changes(prepared);
            return stack.Status != StackStatus.ReviewInProgress && plan.IsEmpty(prepared, changes)
                ? Failed(set, "The submitted information didn't contain changes. Submit different information to create a change set.")
                : set with
                {
                    Changes = [.. changes.Select(ChangeLine.Of)],
                };
        }
        catch (DeploymentException fault)
        {
            return Failed(set, fault.Message);
        }
    }

    private static ChangeSet Failed(ChangeSet set, string reason) =>
        set with
        {
            Status = "FAILED",
            ExecutionStatus = "UNAVAILABLE",
            Reason = reason,
        };

    private ChangeSet Find(QueryCall call)
    {
        var name = call.Required("ChangeSetName");
        var stack = call.Optional("StackName") is { Length: > 0 } given ? access.TryFind(call, given) : null;
        var set = stack is null ? sets.Find(name) : sets.Of(stack.Id).FirstOrDefault(known => known.Name == name || known.Id == name);
        access.Demand(call, set?.StackId ?? "*");
        return set ?? throw new AwsException("ChangeSetNotFound", $"ChangeSet [{name}] does not exist", 404);
    }
}
