namespace TemplateHost.Deployment.Stacks;

/// <summary>One line of a stack's history.</summary>
/// <param name="Properties">The resource's properties as JSON; null for events of the stack itself.</param>
internal sealed record StackEvent(
    string StackId,
    string LogicalId,
    string? PhysicalId,
    string Type,
    string Status,
    string? Reason,
    DateTimeOffset Time,
    string? Properties
)
{
    public static StackEvent Of(StackRecord stack, DateTimeOffset time) =>
        new(stack.Id, stack.Name, stack.Id, "AWS::CloudFormation::Stack", stack.Status, stack.Reason, time, null);

    public static StackEvent Of(StackResource resource, string status, DateTimeOffset time) =>
        new(
            resource.StackId,
            resource.LogicalId,
            resource.PhysicalId,
            resource.Type,
            status,
            resource.Reason,
            time,
            resource.Properties.ToJsonString()
        );
}
