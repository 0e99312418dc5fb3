namespace TemplateHost.StepFunctions.Model;

/// <summary>A revision of a state machine that was published under a number. Written as JSON.</summary>
/// <param name="Arn">The machine's ARN and the number.</param>
/// <param name="Revision">The revision.</param>
/// <param name="Description">What it is.</param>
/// <param name="CreatedAt">When it was published.</param>
internal sealed record MachineVersion(string Arn, int Revision, string Description, DateTimeOffset CreatedAt);

/// <summary>A name for one or two versions of a state machine, between which executions are shared out. Written as JSON.</summary>
/// <param name="Arn">The machine's ARN and the name.</param>
/// <param name="Name">The name.</param>
/// <param name="Description">What for.</param>
/// <param name="Routes">The versions, with weights that add up to 100.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
internal sealed record MachineAlias(
    string Arn,
    string Name,
    string Description,
    IReadOnlyList<MachineRoute> Routes,
    DateTimeOffset UpdatedAt
);

/// <summary>One version that an alias leads to.</summary>
/// <param name="Version">The version's ARN.</param>
/// <param name="Weight">Its share of executions, from 0 to 100.</param>
internal sealed record MachineRoute(string Version, int Weight);
