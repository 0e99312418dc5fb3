using TemplateHost.Deployment.Stacks;

namespace TemplateHost.CloudFormation.Model;

/// <summary>A change that was planned and not yet made.</summary>
/// <param name="Id">Its ARN.</param>
/// <param name="StackId">The stack that it is for; one that is only under review when the change is its creation.</param>
/// <param name="Status">CREATE_COMPLETE, or FAILED when there is nothing to change or the template cannot be honoured.</param>
/// <param name="ExecutionStatus">AVAILABLE, UNAVAILABLE or EXECUTE_COMPLETE.</param>
internal sealed record ChangeSet(
    string Id,
    string Name,
    string StackId,
    string StackName,
    StackSource Source,
    IReadOnlyDictionary<string, string> Tags,
    DateTimeOffset CreatedAt,
    string Status,
    string ExecutionStatus,
    string? Reason,
    string? Description,
    IReadOnlyList<ChangeLine> Changes
);

/// <summary>One resource of a change set.</summary>
/// <param name="Action">Add, Modify or Remove.</param>
/// <param name="Replacement">True or False for a modification; null otherwise.</param>
/// <param name="Properties">The properties that change.</param>
internal sealed record ChangeLine(
    string Action,
    string LogicalId,
    string Type,
    string? PhysicalId,
    string? Replacement,
    IReadOnlyList<string> Properties
)
{
    public static ChangeLine Of(PlannedChange planned) =>
        planned.Change switch
        {
            null => new("Remove", planned.LogicalId, planned.Type, planned.PhysicalId, null, []),
            { Kind: ChangeKind.Create } => new("Add", planned.LogicalId, planned.Type, null, null, []),
            var change => new(
                "Modify",
                planned.LogicalId,
                planned.Type,
                planned.PhysicalId,
                change.Kind == ChangeKind.Replace ? "True" : "False",
                change.Properties
            ),
        };
}
