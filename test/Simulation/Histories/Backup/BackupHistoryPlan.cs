namespace FairShare.Simulation.Histories.Backup;

/// <summary>
/// Makes the plan of one backup: its peers go away and come back, one may lose everything, and its owner does this and that.
/// </summary>
internal sealed class BackupHistoryPlan(long seed) : Plan(seed)
{
    private const int Span = 240_000;

    protected override int AddDeeds()
    {
        Add(0, 0, DeedKind.MakeBackup, 0);
        for (var left = Fate.Next(3); left > 0; left--)
        {
            Add(Fate.Next(Span), 0, DeedKind.GoAway, Fate.Next(SimulatedPeers.Total));
        }

        if (Chance(40))
        {
            Add(Fate.Next(Span), 0, DeedKind.LoseShare, Fate.Next(SimulatedPeers.Total));
        }

        DeedKind[] works = [DeedKind.Refresh, DeedKind.Refresh, DeedKind.Repair, DeedKind.Restore, DeedKind.GiveUpRefresh];
        for (var left = 1 + Fate.Next(4); left > 0; left--)
        {
            Add(MomentOfInterest(), 0, works[Fate.Next(works.Length)], 0);
        }

        if (Chance(35))
        {
            Add(MomentOfInterest(), 0, DeedKind.DeleteBackup, 0);
        }

        return Span / 1000;
    }

    /// <summary>The time of another of the owner's deeds, or any.</summary>
    private int MomentOfInterest() =>
        Chance(40) && Deeds.Where(deed => deed.Kind >= DeedKind.Refresh).ToList() is { Count: > 0 } near
            ? near[Fate.Next(near.Count)].At + Fate.Next(200)
            : Fate.Next(Span);
}
