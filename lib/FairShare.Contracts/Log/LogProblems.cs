using FairShare.Contracts.Http;

namespace FairShare.Contracts.Log;

/// <summary>Problems of calls about the log.</summary>
public static class LogProblems
{
#pragma warning disable CS1591 // The titles say what each of them means.
    public static ProblemType NotInLog { get; } = new("not-in-log", 404, "The log does not have this, or not yet");
#pragma warning restore CS1591
}
