using System.Text.Json.Nodes;

namespace TemplateHost.StepFunctions.Model;

/// <summary>Where one branch of an execution stands: all that is needed to go on after a restart. Written as JSON.</summary>
internal sealed class Cursor
{
    public required string State { get; set; }

    /// <summary>The raw input of the state.</summary>
    public JsonNode? Input { get; set; }

    public Phase Phase { get; set; }

    public DateTimeOffset EnteredAt { get; set; }

    /// <summary>The id of the event that tells of the state's entry.</summary>
    public long EnteredEvent { get; set; }

    /// <summary>The latest event of this branch: the next one names it as its predecessor.</summary>
    public long LastEvent { get; set; }

    /// <summary>The event before that one.</summary>
    public long EventBefore { get; set; }

    /// <summary>When a wait or a backoff ends.</summary>
    public DateTimeOffset? WakeAt { get; set; }

    /// <summary>How often each entry of Retry has been used since the state was entered.</summary>
    public Dictionary<int, int> RetryCounts { get; set; } = [];

    public TaskAttempt? Task { get; set; }

    /// <summary>What <c>$$.Map.Item</c> is in this branch, if it is an iteration.</summary>
    public JsonObject? MapItem { get; set; }

    public BranchEnd? End { get; set; }

    public int Retries => RetryCounts.Values.Sum();

    public void MoveTo(string state, JsonNode? input)
    {
        (State, Input, Phase, Task, WakeAt) = (state, input, Phase.Arriving, null, null);
        RetryCounts.Clear();
    }
}

internal enum Phase
{
    /// <summary>The state's entry has not been recorded yet.</summary>
    Arriving,

    /// <summary>Entered; nothing outside the execution has been touched.</summary>
    Entered,

    /// <summary>Waiting for <see cref="Cursor.WakeAt"/> (a Wait state).</summary>
    Waiting,

    /// <summary>Waiting for <see cref="Cursor.WakeAt"/> before the next attempt.</summary>
    BackingOff,

    /// <summary>A task's call may have been made; or the branches of the state have been started.</summary>
    Scheduled,

    /// <summary>The call of a token task was answered; only its token is awaited.</summary>
    Submitted,
}

/// <summary>One attempt at a task, as it was journaled before the call.</summary>
/// <param name="Parameters">What the service is called with.</param>
/// <param name="RequestToken">Makes a repeated call of the same attempt idempotent, where the service offers that.</param>
/// <param name="Token">The task token, of a task that waits for one.</param>
/// <param name="TimeoutAt">When the attempt fails with States.Timeout; null means never.</param>
internal sealed record TaskAttempt(JsonNode? Parameters, string RequestToken, string? Token, DateTimeOffset? TimeoutAt);

/// <summary>How a branch ended: with an output, or with an error.</summary>
internal sealed record BranchEnd(JsonNode? Output, string? Error, string? Cause)
{
    public bool Failed => Error is not null;
}
