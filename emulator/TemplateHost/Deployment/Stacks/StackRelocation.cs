namespace TemplateHost.Deployment.Stacks;

/// <summary>
/// Applies stacks again, in place, when the host is reached at another address than before: queue URLs, issuers and the API's address
/// follow it.
/// </summary>
internal sealed class StackRelocation(StackParts parts)
{
    /// <exception cref="DeploymentException">What was deployed cannot be applied any more.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var stack in parts.Store.Stacks().Where(stack => StackStatus.IsUpdatable(stack.Status) && stack.Address != parts.Address))
        {
            await MoveAsync(stack, cancellationToken);
        }
    }

    private async Task MoveAsync(StackRecord stack, CancellationToken cancellationToken)
    {
        var prepared = parts.Prepare(stack, stack.Deployed!);
        var maker = new ResourceMaker(parts, stack);
        var current = parts
            .Store.Resources(stack.Id)
            .Where(resource => resource.State == ResourceState.Current)
            .ToDictionary(resource => resource.LogicalId);
        foreach (var resource in prepared.Resources)
        {
            var made = await maker.RefreshAsync(current[resource.LogicalId], prepared.PropertiesOf(resource), cancellationToken);
            prepared.Values.Add(resource.LogicalId, made.Provisioned);
        }

        await parts.Store.SaveAsync(stack with { Address = parts.Address, Outputs = prepared.Outputs() });
    }
}
