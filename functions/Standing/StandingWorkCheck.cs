using FairShare.Backup.Orders;
using FairShare.Backup.Records;
using FairShare.Contracts.Standing;
using FairShare.Core.Errors;
using FairShare.Core.Keys;
using FairShare.Functions.Hosting;
using FairShare.Functions.Outbound;

namespace FairShare.Functions.Standing;

/// <summary>
/// Whether a coordinator carries what it is given: orders that the peers will follow, of owners that it serves. The peers judge each order
/// themselves; this keeps the coordinator from calling whom it need not.
/// </summary>
internal static class StandingWorkCheck
{
    private const int MostPeers = 40;
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Requires that the work is such.</summary>
    /// <returns>When the first of its orders is worth nothing any more.</returns>
    /// <exception cref="ProtocolException"><c>invalid-work</c>, <c>not-served</c>, or what is wrong with an order's form.</exception>
    public static DateTimeOffset Require(StandingWork work, FunctionServices services)
    {
        Require(StandingSteps.IsKnown(work.Action), "The action is proofs, refreshes or deletions.");
        Require(
            work.IntervalSeconds >= ShortestInterval.TotalSeconds && work.IntervalSeconds <= Longest.TotalSeconds,
            "The interval is an hour to a year."
        );
        Require(work.Epoch >= 0 && work.Epoch < uint.MaxValue, "The epoch is none.");
        Require(work.BodySize is >= 0 and <= StandingProof.LargestBody, "A body has up to 5 TiB.");
        Require(work.Peers.Count <= MostPeers, $"There are at most {MostPeers} peers.");
        Require(work.Peers.Any(peer => peer.Order is not null), "There is no order.");
        var backup = BackupId.Parse(work.Backup);
        return work.Peers.Where(peer => peer.Order is not null).Min(peer => RequireOrder(work, backup, peer, services));
    }

    private static DateTimeOffset RequireOrder(StandingWork work, BackupId backup, StandingPeer peer, FunctionServices services)
    {
        var (given, seal) = (peer.Order!, PublicKey.FromJwk(peer.Seal));
        var owner = PublicKey.FromJwk(given.Key);
        if (!services.Settings.StandingOwners.Contains("*") && !services.Settings.StandingOwners.Contains(owner.Thumbprint.ToString()))
        {
            throw StandingProblems.NotServed.With("Ask who runs the coordinator to carry your orders too.");
        }

        RequireAddress(peer.Url, services.Standing.Rule);
        Require(given.Said is null, "What is said in a refresh comes from the peers.");
        try
        {
            var check = new OrderCheck(seal.Thumbprint, backup, work.Action, Longest);
            return check.Require(given.Order, owner, given.Content, services.Time.GetUtcNow()).Order.Due;
        }
        catch (OrderException refusal)
        {
            throw StandingProblems.InvalidWork.With(refusal.Message);
        }
    }

    private static void RequireAddress(string? text, AddressRule rule)
    {
        var fault = rule.Read(text, out var url);
        Require(fault is null, $"A peer has no address to call. {fault}");
        Require(url is { AbsolutePath: "/", Query: "" }, "A peer's address has no path and no query.");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw StandingProblems.InvalidWork.With(what);
        }
    }
}
