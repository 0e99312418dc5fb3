using TemplateHost.Deployment.Templates;

namespace TemplateHost.Deployment.Stacks;

/// <summary>
/// Removes what a stack has and no longer wants: what was replaced, what left the template, and what a failed creation left.
/// </summary>
internal sealed class StackCleanup(StackParts parts, StackRecord stack)
{
    private readonly ResourceMaker maker = new(parts, stack);

    /// <summary>After an update or its rollback. What cannot be deleted stays in the account and leaves the stack, as at AWS.</summary>
    /// <param name="wanted">The logical ids that stay; none for the rollback of a creation.</param>
    public async Task RunAsync(IReadOnlyList<string> wanted, bool isRollback, CancellationToken cancellationToken)
    {
        foreach (var resource in parts.Store.Resources(stack.Id).Reverse())
        {
            if (resource.State != ResourceState.Current || !wanted.Contains(resource.LogicalId))
            {
                await maker.RemoveAsync(resource, IsRetained(resource, isRollback), leavesOnFailure: true, cancellationToken);
            }
        }
    }

    /// <summary>For the deletion of the stack: what depends on others goes first.</summary>
    /// <returns>The logical ids of what could not be deleted.</returns>
    public async Task<IReadOnlyList<string>> RemoveAllAsync(PreparedTemplate? template, CancellationToken cancellationToken)
    {
        var order = template?.Resources.Select(resource => resource.LogicalId).ToList() ?? [];
        var failed = new List<string>();
        foreach (var resource in parts.Store.Resources(stack.Id).Reverse().OrderByDescending(resource => order.IndexOf(resource.LogicalId)))
        {
            if (
                await maker.RemoveAsync(resource, IsRetained(resource, isRollback: false), leavesOnFailure: false, cancellationToken)
                is not null
            )
            {
                failed.Add(resource.LogicalId);
            }
        }

        return failed;
    }

    private static bool IsRetained(StackResource resource, bool isRollback) =>
        resource.State == ResourceState.Former
            ? resource.UpdateReplacePolicy == "Retain"
            : resource.DeletionPolicy == "Retain" || (resource.DeletionPolicy == "RetainExceptOnCreate" && !isRollback);
}
