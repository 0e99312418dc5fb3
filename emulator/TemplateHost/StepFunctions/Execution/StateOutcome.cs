using System.Text.Json.Nodes;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>What came of a state.</summary>
internal abstract record StateOutcome
{
    /// <param name="Next">The state to go to; null ends the branch with success.</param>
    public sealed record Left(string? Next, JsonNode? Output) : StateOutcome;

    /// <summary>The branch fails; nothing caught the error.</summary>
    public sealed record Failed(string? Error, string? Cause) : StateOutcome;
}
