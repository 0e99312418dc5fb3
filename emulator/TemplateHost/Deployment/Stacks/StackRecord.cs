using System.Text.Json.Serialization;

namespace TemplateHost.Deployment.Stacks;

/// <summary>What a stack is made from.</summary>
/// <param name="Template">The template's text.</param>
/// <param name="Parameters">The values given for its parameters.</param>
internal sealed record StackSource(string Template, IReadOnlyDictionary<string, string> Parameters);

/// <summary>A stack as the store keeps it.</summary>
/// <param name="Id">Its ARN.</param>
/// <param name="Name">Its name; deleted stacks keep theirs.</param>
/// <param name="Serial">How many stacks had the name before.</param>
/// <param name="Status">One of <see cref="StackStatus"/>.</param>
/// <param name="CreatedAt">When it was first made.</param>
internal sealed record StackRecord(string Id, string Name, int Serial, string Status, DateTimeOffset CreatedAt)
{
    public string? Reason { get; init; }

    /// <summary>What was last deployed in full; null for a stack that never was.</summary>
    public StackSource? Deployed { get; init; }

    /// <summary>What is under way; null when nothing is.</summary>
    public StackSource? Target { get; init; }

    public IReadOnlyList<StackOutput> Outputs { get; init; } = [];

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a creation that fails leaves what it made.</summary>
    public bool DisableRollback { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Where the host was reached when the stack was last deployed: addresses are part of some attributes.</summary>
    public string Address { get; init; } = "";

    [JsonIgnore]
    public bool IsDeleted => Status == StackStatus.DeleteComplete;
}

/// <summary>One output of a stack.</summary>
internal sealed record StackOutput(string Name, string Value, string? Description, string? ExportName);
