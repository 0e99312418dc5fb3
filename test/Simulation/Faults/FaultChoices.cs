using TemplateHost.Gateway.Faults;

namespace FairShare.Simulation.Faults;

/// <summary>Which faults a call can meet.</summary>
internal static class FaultChoices
{
    /// <summary>What parties call: the HTTP API.</summary>
    public const string Api = "execute-api";

    // Longer than the HTTP API waits for a function.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(32);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    private static readonly FaultKind[] OfEveryCall =
    [
        FaultKind.CrashBefore,
        FaultKind.CrashAfter,
        FaultKind.Delay,
        FaultKind.Throttle,
        FaultKind.Timeout,
        FaultKind.InternalError,
        FaultKind.Duplicate,
        FaultKind.CutBefore,
        FaultKind.CutAfter,
    ];

    /// <summary>All kinds, in the order of the table.</summary>
    public static IReadOnlyList<FaultKind> All { get; } = [.. OfEveryCall, FaultKind.Refuse];

    /// <summary>Why the fault cannot meet the call; null when it can.</summary>
    public static string? Impossible(CallPoint call, FaultKind kind) =>
        kind switch
        {
            FaultKind.CrashBefore or FaultKind.CrashAfter when call.Service == Api => "no caller of ours: the party's own machine",
            FaultKind.CrashBefore or FaultKind.CrashAfter when ProtocolSteps.IsOfWorkflow(call.Origin) =>
                "journaled: a workflow does not end with its machine",
            FaultKind.Refuse when !IsWrite(call) => "conflicts only with another write",
            _ => null,
        };

    public static IReadOnlyList<FaultKind> Of(CallPoint call) => [.. All.Where(kind => Impossible(call, kind) is null)];

    public static FaultRule Rule(FaultKind kind, CallPoint call) =>
        new(
            kind,
            1,
            Delay: kind == FaultKind.Timeout ? Long : Short,
            Code: call.Operation == "TransactWriteItems" ? "TransactionCanceledException" : "TransactionConflictException"
        );

    private static bool IsWrite(CallPoint call) =>
        call.Service == "dynamodb" && call.Operation is "PutItem" or "UpdateItem" or "DeleteItem" or "TransactWriteItems";
}
