using System.Text.Json.Nodes;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>One defect, seeded on purpose, and the schedule that shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">The state, the resource or the handler that has it.</param>
/// <param name="Does">What it does.</param>
/// <param name="Breaks">The promise that it breaks.</param>
/// <param name="Schedule">What happens, in which order.</param>
internal sealed record Mutant(string Name, string Place, string Does, Promise Breaks, Schedule Schedule)
{
    /// <summary>Changes the template; null where a function has the defect.</summary>
    public Func<string, string>? Template { get; init; }

    /// <summary>Changes what a function does; null where the template has the defect.</summary>
    public Defect? Defect { get; init; }

    public override string ToString() => Name;
}

/// <summary>What happens in a run, in which order.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Run">Does it.</param>
internal sealed record Schedule(string Name, Func<MutationWorld, Task> Run);

/// <summary>
/// Changes how one function behaves, at its edges: what it is asked, what it asks of AWS and is answered, what it answers.
/// </summary>
/// <param name="Function">The handler's name.</param>
internal sealed record Defect(string Function)
{
    /// <summary>Stands between the function and the services that speak JSON.</summary>
    public WireDefect? Wire { get; init; }

    /// <summary>Changes what S3 answers.</summary>
    public Func<MutationWorld, HttpRequestMessage, HttpResponseMessage, Task>? Objects { get; init; }

    /// <summary>Changes the event that the function is invoked with.</summary>
    public Action<MutationWorld, JsonObject>? Event { get; init; }

    /// <summary>Changes the body that the function answers with.</summary>
    public Action<MutationWorld, JsonObject>? Reply { get; init; }
}

/// <summary>A call of a function to a service that speaks JSON.</summary>
/// <param name="Operation">The operation, for example <c>GetItem</c>.</param>
/// <param name="Body">Its input.</param>
internal sealed record WireCall(string Operation, JsonObject Body)
{
    public string Partition => Body["Key"]?["pk"]?["S"]?.GetValue<string>() ?? "";

    public string Sort => Body["Key"]?["sk"]?["S"]?.GetValue<string>() ?? "";
}

/// <summary>What the service answered.</summary>
internal sealed record WireAnswer(int Status, JsonObject Body);

/// <summary>Sends the call on, with this input.</summary>
internal delegate Task<WireAnswer> WireNext(JsonObject body);

/// <summary>Makes a call otherwise than the function meant it.</summary>
internal delegate Task<WireAnswer> WireDefect(MutationWorld world, WireCall call, WireNext next);
