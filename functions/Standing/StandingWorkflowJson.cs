using System.Text.Json.Serialization;

namespace FairShare.Functions.Standing;

/// <summary>What the workflow asks after a step.</summary>
/// <param name="WorkId">The work.</param>
/// <param name="Round">The round.</param>
/// <param name="Step">The step that is over; empty before the first.</param>
/// <param name="Machine">The state machine's ARN.</param>
internal sealed record StepQuestion(string WorkId, int Round, string Step, string Machine);

/// <summary>What is carried next, and to whom; an empty step ends the round.</summary>
internal sealed record StepPlan(string Step, IReadOnlyList<int> Peers);

/// <summary>What the workflow has carried to one peer.</summary>
internal sealed record StepErrand(string WorkId, int Round, string Step, int Peer);

/// <summary>The workflow's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StepQuestion))]
[JsonSerializable(typeof(StepPlan))]
[JsonSerializable(typeof(StepErrand))]
internal sealed partial class StandingWorkflowJson : JsonSerializerContext;
