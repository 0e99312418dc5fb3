using FairShare.Aws.Backup;
using FairShare.Contracts.Backup;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Peer;

/// <summary>How often shares are refreshed at most.</summary>
internal static class RefreshInterval
{
    private static readonly TimeSpan Least = TimeSpan.FromHours(1);

    /// <exception cref="Contracts.Http.ProblemException"><c>refresh-too-soon</c>.</exception>
    public static void RequireDue(this FunctionServices services, KeptShares shares)
    {
        if (!services.IsDue(shares))
        {
            throw PeerProblems.TooSoon.With("The shares were refreshed less than an hour ago.");
        }
    }

    /// <summary>Whether an hour has passed since the last refresh.</summary>
    public static bool IsDue(this FunctionServices services, KeptShares shares) =>
        shares.RefreshedAt is not { } before || services.Time.GetUtcNow() - before >= Least;
}
