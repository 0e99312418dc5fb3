using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace TemplateHost.Deployment.Stacks;

/// <summary>Makes, changes and deletes the physical resources of one stack, and writes down how it went.</summary>
internal sealed class ResourceMaker(StackParts parts, StackRecord stack)
{
    /// <param name="replaced">The resource whose place this one takes.</param>
    /// <exception cref="DeploymentException">The resource cannot be made so; the reason is kept with it.</exception>
    public async Task<StackResource> CreateAsync(
        StackResource pending,
        JsonObject properties,
        StackResource? replaced,
        CancellationToken cancellationToken
    )
    {
        var began = StackEvent.Of(
            pending with
            {
                Properties = properties,
                PhysicalId = null,
            },
            replaced is null ? StackStatus.CreateInProgress : StackStatus.UpdateInProgress,
            parts.Now
        );
        var (complete, failed) = replaced is null
            ? (StackStatus.CreateComplete, StackStatus.CreateFailed)
            : (StackStatus.UpdateComplete, StackStatus.UpdateFailed);
        var made = await ApplyAsync(pending with { State = ResourceState.Current }, properties, complete, failed, began, cancellationToken);
        var saved = replaced is null
            ? [made]
            : new[] { made, replaced with { State = ResourceState.Former, UpdateReplacePolicy = made.UpdateReplacePolicy } };
        await parts.Store.SaveAsync(saved, began, StackEvent.Of(made, complete, parts.Now));
        return made;
    }

    /// <exception cref="DeploymentException">The resource cannot be changed so; the reason is kept with it.</exception>
    public async Task<StackResource> UpdateAsync(StackResource current, JsonObject properties, CancellationToken cancellationToken)
    {
        var under = current with { Status = StackStatus.UpdateInProgress, ChangedAt = parts.Now, Reason = null };
        var began = StackEvent.Of(under with { Properties = properties }, StackStatus.UpdateInProgress, parts.Now);
        await parts.Store.SaveAsync([under], began);
        var made = await ApplyAsync(under, properties, StackStatus.UpdateComplete, StackStatus.UpdateFailed, null, cancellationToken);
        await parts.Store.SaveAsync([made], StackEvent.Of(made, StackStatus.UpdateComplete, parts.Now));
        return made;
    }

    /// <summary>Applies the same properties again, because what the host adds to them has changed.</summary>
    public async Task<StackResource> RefreshAsync(StackResource current, JsonObject properties, CancellationToken cancellationToken)
    {
        var made = await ApplyAsync(current, properties, current.Status, StackStatus.UpdateFailed, null, cancellationToken);
        await parts.Store.SaveAsync([made]);
        return made;
    }

    /// <summary>Deletes the resource, or leaves it in the account when its policy says so; either way it leaves the stack.</summary>
    /// <returns>Why it could not be deleted; null when it was.</returns>
    public async Task<string?> RemoveAsync(StackResource resource, bool retained, bool leavesOnFailure, CancellationToken cancellationToken)
    {
        if (retained || resource.Deployed is not { } deployed)
        {
            await parts.Store.RemoveAsync(
                resource,
                retained && resource.PhysicalId is not null ? [StackEvent.Of(resource, StackStatus.DeleteSkipped, parts.Now)] : []
            );
            return null;
        }

        var began = StackEvent.Of(resource, StackStatus.DeleteInProgress, parts.Now);
        try
        {
            await parts.ProvisionerOf(resource.Type).DeleteAsync(deployed, cancellationToken);
        }
        catch (Exception fault) when (IsRefusal(fault))
        {
            var failed = resource with { Status = StackStatus.DeleteFailed, Reason = fault.Message, ChangedAt = parts.Now };
            StackEvent[] events = [began, StackEvent.Of(failed, StackStatus.DeleteFailed, parts.Now)];
            await (leavesOnFailure ? parts.Store.RemoveAsync(failed, events) : parts.Store.SaveAsync([failed], events));
            return fault.Message;
        }

        await parts.Store.RemoveAsync(resource, began, StackEvent.Of(resource, StackStatus.DeleteComplete, parts.Now));
        return null;
    }

    private async Task<StackResource> ApplyAsync(
        StackResource resource,
        JsonObject properties,
        string complete,
        string failed,
        StackEvent? began,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var made = await parts.ProvisionerOf(resource.Type).ApplyAsync(parts.Declare(stack, resource, properties), cancellationToken);
            return resource with
            {
                Status = complete,
                Reason = null,
                PhysicalId = made.PhysicalId,
                Attributes = made.Attributes,
                Properties = properties,
                ChangedAt = parts.Now,
            };
        }
        catch (Exception fault) when (IsRefusal(fault))
        {
            var refusal =
                fault as DeploymentException ?? new DeploymentException($"{resource.LogicalId} ({resource.Type}): {fault.Message}");
            var without = resource with
            {
                Status = failed,
                Reason = refusal.Message,
                State = resource.PhysicalId is null ? ResourceState.Pending : resource.State,
            };
            await parts.Store.SaveAsync([without], [.. new[] { began, StackEvent.Of(without, failed, parts.Now) }.OfType<StackEvent>()]);
            throw refusal;
        }
    }

    /// <summary>
    /// What a provisioner says no with; a store that failed, or a host that stops, is neither the template's fault nor a reason to roll
    /// back.
    /// </summary>
    private static bool IsRefusal(Exception fault) =>
        fault is not (OperationCanceledException or IOException or SqliteException or ObjectDisposedException);
}
