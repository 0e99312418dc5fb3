namespace TemplateHost.Deployment.Stacks;

/// <summary>
/// Creates, updates and deletes one stack, through the states that CloudFormation gives it; each step is durable, so that an interrupted
/// one is taken up again.
/// </summary>
internal sealed class StackOperations(StackParts parts)
{
    /// <summary>Goes on from CREATE_IN_PROGRESS.</summary>
    public async Task<StackOutcome> CreateAsync(StackRecord stack, bool isResumed, CancellationToken cancellationToken)
    {
        try
        {
            var outputs = await new StackRun(parts, stack, parts.Prepare(stack, stack.Target!)) { IsResumed = isResumed }.RunAsync(
                cancellationToken
            );
            return new StackOutcome(
                await MoveAsync(
                    stack with
                    {
                        Deployed = stack.Target,
                        Target = null,
                        Outputs = outputs,
                        Address = parts.Address,
                    },
                    StackStatus.CreateComplete
                )
            );
        }
        catch (DeploymentException fault)
        {
            if (stack.DisableRollback)
            {
                return new StackOutcome(
                    await MoveAsync(stack with { Deployed = stack.Target, Target = null }, StackStatus.CreateFailed, fault.Message),
                    fault
                );
            }

            var rolling = await MoveAsync(stack, StackStatus.RollbackInProgress, $"{fault.Message} Rollback requested by user.");
            return new StackOutcome(await RollBackCreationAsync(rolling, cancellationToken), fault);
        }
    }

    /// <summary>Goes on from ROLLBACK_IN_PROGRESS.</summary>
    public async Task<StackRecord> RollBackCreationAsync(StackRecord stack, CancellationToken cancellationToken)
    {
        await new StackCleanup(parts, stack).RunAsync([], isRollback: true, cancellationToken);
        return await MoveAsync(stack with { Deployed = stack.Target, Target = null }, StackStatus.RollbackComplete);
    }

    /// <summary>Goes on from UPDATE_IN_PROGRESS.</summary>
    public async Task<StackOutcome> UpdateAsync(StackRecord stack, bool isResumed, CancellationToken cancellationToken)
    {
        try
        {
            var outputs = await new StackRun(parts, stack, parts.Prepare(stack, stack.Target!)) { IsResumed = isResumed }.RunAsync(
                cancellationToken
            );
            var done = stack with { Deployed = stack.Target, Target = null, Outputs = outputs, Address = parts.Address, Reason = null };
            return new StackOutcome(await CleanUpAsync(await MoveAsync(done, StackStatus.UpdateCleanup), cancellationToken));
        }
        catch (DeploymentException fault)
        {
            var rolling = await MoveAsync(stack with { Target = null }, StackStatus.UpdateRollbackInProgress, fault.Message);
            return new StackOutcome(await RollBackUpdateAsync(rolling, cancellationToken), fault);
        }
    }

    /// <summary>Goes on from UPDATE_ROLLBACK_IN_PROGRESS or UPDATE_ROLLBACK_FAILED.</summary>
    public async Task<StackRecord> RollBackUpdateAsync(StackRecord stack, CancellationToken cancellationToken)
    {
        try
        {
            var run = new StackRun(parts, stack, parts.Prepare(stack, stack.Deployed!)) { IsRollback = true, IsResumed = true };
            var outputs = await run.RunAsync(cancellationToken);
            return await CleanUpAsync(
                await MoveAsync(stack with { Outputs = outputs }, StackStatus.UpdateRollbackCleanup),
                cancellationToken
            );
        }
        catch (DeploymentException fault)
        {
            return await MoveAsync(stack, StackStatus.UpdateRollbackFailed, fault.Message);
        }
    }

    /// <summary>Goes on from either of the states …_CLEANUP_IN_PROGRESS.</summary>
    public async Task<StackRecord> CleanUpAsync(StackRecord stack, CancellationToken cancellationToken)
    {
        var isRollback = stack.Status == StackStatus.UpdateRollbackCleanup;
        var wanted = parts.Prepare(stack, stack.Deployed!).Resources.Select(resource => resource.LogicalId).ToList();
        await new StackCleanup(parts, stack).RunAsync(wanted, isRollback, cancellationToken);
        return await MoveAsync(stack, isRollback ? StackStatus.UpdateRollbackComplete : StackStatus.UpdateComplete);
    }

    /// <summary>Goes on from DELETE_IN_PROGRESS.</summary>
    public async Task<StackRecord> DeleteAsync(StackRecord stack, CancellationToken cancellationToken)
    {
        var source = stack.Deployed ?? stack.Target;
        var failed = await new StackCleanup(parts, stack).RemoveAllAsync(
            source is null ? null : parts.Prepare(stack, source),
            cancellationToken
        );
        return failed.Count > 0
            ? await MoveAsync(
                stack,
                StackStatus.DeleteFailed,
                $"The following resource(s) failed to delete: [{string.Join(", ", failed)}]. "
            )
            : await MoveAsync(stack with { DeletedAt = parts.Now, Outputs = [] }, StackStatus.DeleteComplete);
    }

    /// <summary>Gives the stack a state, and its history a line.</summary>
    public async Task<StackRecord> MoveAsync(StackRecord stack, string status, string? reason = null)
    {
        var moved = stack with { Status = status, Reason = reason };
        await parts.Store.SaveAsync(moved, StackEvent.Of(moved, parts.Now));
        return moved;
    }
}

/// <summary>How a creation or an update ended.</summary>
/// <param name="Failure">Why it was rolled back; null when it was not.</param>
internal sealed record StackOutcome(StackRecord Stack, DeploymentException? Failure = null);
