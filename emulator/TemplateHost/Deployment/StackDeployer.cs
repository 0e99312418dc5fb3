using TemplateHost.Deployment.Stacks;

namespace TemplateHost.Deployment;

/// <summary>The account's stacks: everything that makes, changes or removes one passes here, one operation at a time.</summary>
internal sealed class StackDeployer(StackParts parts) : IDisposable
{
    private readonly StackOperations operations = new(parts);
    private readonly SemaphoreSlim gate = new(1);

    public StackStore Stacks => parts.Store;

    public StackParts Parts => parts;

    public void Dispose() => gate.Dispose();

    /// <summary>Takes up what was under way when the host stopped: goes on with it, or rolls it back.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) =>
        AloneAsync(async () =>
        {
            foreach (var stack in parts.Store.Stacks().Where(stack => StackStatus.IsInProgress(stack.Status)))
            {
                _ = stack.Status switch
                {
                    StackStatus.CreateInProgress => (await operations.CreateAsync(stack, isResumed: true, cancellationToken)).Stack,
                    StackStatus.RollbackInProgress => await operations.RollBackCreationAsync(stack, cancellationToken),
                    StackStatus.UpdateInProgress => (await operations.UpdateAsync(stack, isResumed: true, cancellationToken)).Stack,
                    StackStatus.UpdateRollbackInProgress => await operations.RollBackUpdateAsync(stack, cancellationToken),
                    StackStatus.DeleteInProgress => await operations.DeleteAsync(stack, cancellationToken),
                    _ => await operations.CleanUpAsync(stack, cancellationToken),
                };
            }

            await new StackRelocation(parts).RunAsync(cancellationToken);
            return true;
        });

    /// <summary>Makes a stack.</summary>
    /// <param name="stack">As <see cref="NewStack"/> gave it.</param>
    /// <exception cref="DeploymentException">The template cannot be honoured, and nothing was made.</exception>
    public Task<StackOutcome> CreateAsync(StackRecord stack, CancellationToken cancellationToken) =>
        AloneAsync(async () =>
        {
            parts.Prepare(stack, stack.Target!);
            return await operations.CreateAsync(
                await operations.MoveAsync(stack, StackStatus.CreateInProgress, "User Initiated"),
                isResumed: false,
                cancellationToken
            );
        });

    /// <summary>Brings a stack in line with another template or other parameters.</summary>
    /// <exception cref="DeploymentException">The template cannot be honoured, and nothing was changed.</exception>
    public Task<StackOutcome> UpdateAsync(StackRecord stack, StackSource source, CancellationToken cancellationToken) =>
        AloneAsync(async () =>
        {
            new StackPlan(parts, stack).DemandSameTypes(parts.Prepare(stack, source));
            var under = stack with { Target = source, UpdatedAt = parts.Now };
            return await operations.UpdateAsync(
                await operations.MoveAsync(under, StackStatus.UpdateInProgress, "User Initiated"),
                isResumed: false,
                cancellationToken
            );
        });

    /// <summary>Takes an update that could not be rolled back to its end.</summary>
    public Task<StackRecord> ContinueRollbackAsync(StackRecord stack, CancellationToken cancellationToken) =>
        AloneAsync(async () =>
            await operations.RollBackUpdateAsync(
                await operations.MoveAsync(stack, StackStatus.UpdateRollbackInProgress, "User Initiated"),
                cancellationToken
            )
        );

    public Task<StackRecord> DeleteAsync(StackRecord stack, CancellationToken cancellationToken) =>
        AloneAsync(async () =>
            await operations.DeleteAsync(
                await operations.MoveAsync(stack, StackStatus.DeleteInProgress, "User Initiated"),
                cancellationToken
            )
        );

    /// <summary>A stack that is not made yet.</summary>
    public StackRecord NewStack(string name, StackSource source)
    {
        var serial = parts.Store.Stacks().Count(stack => stack.Name == name);
        return new StackRecord(parts.IdentityOf(name, serial).Arn, name, serial, StackStatus.CreateInProgress, parts.Now)
        {
            Target = source,
        };
    }

    private async Task<T> AloneAsync<T>(Func<Task<T>> work)
    {
        await gate.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            gate.Release();
        }
    }
}
