using FairShare.Contracts.Http;

namespace FairShare.Contracts.Notices;

/// <summary>Problems of calls about notices.</summary>
public static class NoticeProblems
{
#pragma warning disable CS1591 // The titles say what each of them means.
    public static ProblemType Off { get; } = new("notices-off", 403, "This deployment sends no mail");

    public static ProblemType TooSoon { get; } = new("notice-too-soon", 409, "A code was mailed for the caller a short while ago");

    public static ProblemType NotConfirmed { get; } = new("notice-not-confirmed", 422, "The code is not the one that was mailed");
#pragma warning restore CS1591
}
