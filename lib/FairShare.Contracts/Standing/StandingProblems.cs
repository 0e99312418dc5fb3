using FairShare.Contracts.Http;

namespace FairShare.Contracts.Standing;

/// <summary>Problems of calls to a coordinator.</summary>
public static class StandingProblems
{
#pragma warning disable CS1591 // The titles say what each of them means.
    public static ProblemType WorkNotFound { get; } = new("work-not-found", 404, "There is no work of this id");

    public static ProblemType WorkDiffers { get; } = new("work-differs", 409, "Other work has this id");

    public static ProblemType NotServed { get; } = new("not-served", 403, "The coordinator carries orders for other owners");

    public static ProblemType InvalidWork { get; } = new("invalid-work", 422, "The work is not what a coordinator carries");
#pragma warning restore CS1591
}
