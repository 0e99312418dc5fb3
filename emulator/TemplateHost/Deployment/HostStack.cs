using TemplateHost.Deployment.Stacks;

namespace TemplateHost.Deployment;

/// <summary>The stack that the host is started with: created at the first start, updated at later ones.</summary>
internal sealed class HostStack(StackDeployer deployer)
{
    /// <exception cref="DeploymentException">The template cannot be honoured; what an earlier start deployed stands as it was.</exception>
    public async Task<DeployedStack> DeployAsync(string name, StackSource source, CancellationToken cancellationToken)
    {
        await deployer.ResumeAsync(cancellationToken);
        var stack = await BringAsync(name, source, cancellationToken);
        return new DeployedStack(
            stack.Outputs.ToDictionary(output => output.Name, output => output.Value),
            deployer
                .Stacks.Resources(stack.Id)
                .Where(resource => resource.State == ResourceState.Current)
                .ToDictionary(resource => resource.LogicalId, resource => resource.PhysicalId!)
        );
    }

    private async Task<StackRecord> BringAsync(string name, StackSource source, CancellationToken cancellationToken)
    {
        var stack = deployer.Stacks.Find(name);
        if (stack?.Status == StackStatus.UpdateRollbackFailed)
        {
            stack = await deployer.ContinueRollbackAsync(stack, cancellationToken);
            if (stack.Status == StackStatus.UpdateRollbackFailed)
            {
                throw new DeploymentException($"The stack {name} is in {stack.Status}: {stack.Reason}");
            }
        }

        if (stack is not null && !StackStatus.IsUpdatable(stack.Status))
        {
            // What never was complete makes place for another try, as `cdk deploy` does it.
            await deployer.DeleteAsync(stack, cancellationToken);
            stack = null;
        }

        if (stack is null)
        {
            return Succeeded(await deployer.CreateAsync(deployer.NewStack(name, source), cancellationToken));
        }

        var plan = new StackPlan(deployer.Parts, stack);
        return plan.IsEmpty(deployer.Parts.Prepare(stack, source))
            ? stack
            : Succeeded(await deployer.UpdateAsync(stack, source, cancellationToken));
    }

    private static StackRecord Succeeded(StackOutcome outcome) => outcome.Failure is null ? outcome.Stack : throw outcome.Failure;
}
