using System.Text.Json.Nodes;
using TemplateHost.Deployment.Templates;

namespace TemplateHost.Deployment.Stacks;

/// <summary>
/// Brings the resources of a stack in line with a template, one after another; what is superfluous stays for <see cref="StackCleanup"/>.
/// </summary>
/// <remarks>
/// not there yet                             -> created
/// equal properties                          -> left alone
/// changed, every change possible in place   -> updated
/// changed, some change needs a replacement  -> another one created, the old one kept until the end; in a rollback, the old one taken back
/// Run again after an interruption, it goes on where it stood.
/// </remarks>
internal sealed class StackRun(StackParts parts, StackRecord stack, PreparedTemplate prepared)
{
    private readonly ResourceMaker maker = new(parts, stack);
    private List<StackResource> resources = [];

    /// <summary>Whether the run leads back to what was deployed before.</summary>
    public bool IsRollback { get; init; }

    /// <summary>Whether an earlier run was interrupted: what has a name that is taken may then be the stack's own.</summary>
    public bool IsResumed { get; init; }

    /// <exception cref="DeploymentException">A resource that cannot be made or changed; those before it stay as they are now.</exception>
    public async Task<IReadOnlyList<StackOutput>> RunAsync(CancellationToken cancellationToken)
    {
        await ReserveAsync();
        foreach (var resource in prepared.Resources)
        {
            var made = await BringAsync(resource, cancellationToken);
            prepared.Values.Add(resource.LogicalId, made.Provisioned);
        }

        return prepared.Outputs();
    }

    private async Task ReserveAsync()
    {
        resources = [.. parts.Store.Resources(stack.Id)];
        var missing = prepared
            .Resources.Where(wanted =>
                !resources.Exists(known => known.LogicalId == wanted.LogicalId && known.State != ResourceState.Former)
            )
            .ToList();
        if (missing.Count > 0)
        {
            resources.AddRange(await parts.Store.ReserveAsync(stack.Name, [.. missing.Select(NewResource)]));
        }
    }

    private StackResource NewResource(TemplateResource resource) =>
        new(stack.Id, resource.LogicalId, resource.Type, 0, parts.NewToken(), parts.Now);

    private async Task<StackResource> BringAsync(TemplateResource wanted, CancellationToken cancellationToken)
    {
        var current = Find(wanted, ResourceState.Current);
        var properties = prepared.PropertiesOf(wanted);
        var schema = parts.ProvisionerOf(wanted.Type).Schema;
        var policies = (wanted.DeletionPolicy, wanted.UpdateReplacePolicy);
        return ResourceChange.Of(schema, current, properties).Kind switch
        {
            ChangeKind.Create => await CreateAsync(
                WithPolicies(Find(wanted, ResourceState.Pending)!, wanted),
                properties,
                schema,
                null,
                cancellationToken
            ),
            ChangeKind.Update => await maker.UpdateAsync(WithPolicies(current!, wanted), properties, cancellationToken),
            ChangeKind.Replace => await ReplaceAsync(wanted, current!, properties, schema, cancellationToken),
            _ when policies == (current!.DeletionPolicy, current.UpdateReplacePolicy) => current,
            _ => await KeepAsync(WithPolicies(current!, wanted)),
        };
    }

    private async Task<StackResource> ReplaceAsync(
        TemplateResource wanted,
        StackResource current,
        JsonObject properties,
        ResourceSchema schema,
        CancellationToken cancellationToken
    )
    {
        var former = resources.FindLast(known =>
            known.LogicalId == wanted.LogicalId && known.State == ResourceState.Former && JsonNode.DeepEquals(known.Properties, properties)
        );
        if (IsRollback && former is not null)
        {
            var back = former with { State = ResourceState.Current, Status = StackStatus.UpdateComplete, ChangedAt = parts.Now };
            await parts.Store.SaveAsync(
                [back, current with { State = ResourceState.Former, UpdateReplacePolicy = "Delete" }],
                StackEvent.Of(back, StackStatus.UpdateComplete, parts.Now)
            );
            return back;
        }

        if (schema.Name is { } name && properties[name] is { } custom && JsonNode.DeepEquals(custom, current.Properties[name]))
        {
            throw await FailAsync(
                current,
                $"CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename {custom} and "
                    + "update the stack again."
            );
        }

        var pending = Find(wanted, ResourceState.Pending) ?? (await parts.Store.ReserveAsync(stack.Name, [NewResource(wanted)]))[0];
        return await CreateAsync(WithPolicies(pending, wanted), properties, schema, current, cancellationToken);
    }

    private async Task<StackResource> CreateAsync(
        StackResource pending,
        JsonObject properties,
        ResourceSchema schema,
        StackResource? replaced,
        CancellationToken cancellationToken
    )
    {
        if (
            !IsResumed
            && schema.Name is { } name
            && properties[name]?.ToString() is { } custom
            && parts.ProvisionerOf(pending.Type).Exists(custom)
        )
        {
            throw await FailAsync(pending, $"Resource of type '{pending.Type}' with identifier '{custom}' already exists.");
        }

        return await maker.CreateAsync(pending, properties, replaced, cancellationToken);
    }

    private async Task<StackResource> KeepAsync(StackResource resource)
    {
        await parts.Store.SaveAsync([resource]);
        return resource;
    }

    /// <summary>What was never touched keeps its state; only the history says why it was not.</summary>
    private async Task<DeploymentException> FailAsync(StackResource resource, string reason)
    {
        var failed = resource.State == ResourceState.Pending ? StackStatus.CreateFailed : StackStatus.UpdateFailed;
        await parts.Store.SaveAsync([], StackEvent.Of(resource with { Reason = reason }, failed, parts.Now));
        return new DeploymentException($"{resource.LogicalId} ({resource.Type}): {reason}");
    }

    private StackResource? Find(TemplateResource wanted, ResourceState state) =>
        resources.Find(known => known.LogicalId == wanted.LogicalId && known.State == state);

    private static StackResource WithPolicies(StackResource resource, TemplateResource wanted) =>
        resource with
        {
            Type = wanted.Type,
            DeletionPolicy = wanted.DeletionPolicy,
            UpdateReplacePolicy = wanted.UpdateReplacePolicy,
        };
}
