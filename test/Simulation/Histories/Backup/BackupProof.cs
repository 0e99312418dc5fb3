using FairShare.Client.Backup.Deleting;
using FairShare.Client.Backup.Keeping;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Simulation.Runs;

namespace FairShare.Simulation.Histories.Backup;

/// <summary>
/// What must hold of a backup when nothing goes wrong any more: all peers restore it, a repair makes every share good, any m peers restore
/// it then, also after another refresh and a repair; a deleted one is gone, and cannot be restored.
/// </summary>
/// <param name="service">The run.</param>
/// <param name="peers">The peers.</param>
/// <param name="backup">The backup.</param>
/// <param name="isShort">Whether to leave out the other refresh: that of a story has been played.</param>
/// <param name="ended">Told how it ended.</param>
internal sealed class BackupProof(
    SimulatedService service,
    SimulatedPeers peers,
    SimulatedBackup backup,
    bool isShort,
    Action<string> ended
)
{
    // A refresh follows another after an hour: functions/Peer/RefreshInterval.cs.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(61);
    private const int Attempts = 4;

    public async Task RunAsync()
    {
        if (!backup.IsMade)
        {
            ended("NotMade");
        }
        else if (backup.IsToBeDeleted)
        {
            await ProveDeletedAsync();
            ended("DeletedBackup");
        }
        else
        {
            await ProveKeptAsync();
            ended("Kept");
        }

        await new BackupDeletion(peers.Session).RunAsync(backup.Id, CancellationToken.None);
    }

    private async Task ProveKeptAsync()
    {
        await RequireRestoredAsync("all peers");
        await RequireAsync("is not repaired", RepairAsync);
        await RequireRestoredByMostAsync("repaired");
        if (isShort)
        {
            return;
        }

        await Task.Delay(Interval, service.Clock);
        await RequireAsync("is not refreshed", RefreshAsync);
        await RequireRestoredAsync("all peers, refreshed");
        // Who had prepared something else follows the certificate, and is given the new share by the others.
        await RequireAsync("is not repaired after a refresh", RepairAsync);
        await RequireRestoredByMostAsync("refreshed");
    }

    private async Task ProveDeletedAsync()
    {
        var deleted = await new BackupDeletion(peers.Session).RunAsync(backup.Id, CancellationToken.None);
        Require(deleted.Receipts.Count == SimulatedPeers.Total, $"is deleted by {deleted.Receipts.Count} peers");
        await DeletionProof.RequireAsync(service.Judge, peers, backup.Id, deleted);
    }

    private async Task<bool> RepairAsync()
    {
        await new BackupRepair(peers.Session).RunAsync(backup.Id, CancellationToken.None);
        var health = await new BackupCheck(peers.Session).RunAsync(backup.Id, CancellationToken.None);
        return health.Peers.All(peer => peer.IsGood);
    }

    // What was prepared and found no quorum is given up, and the next attempt finds one.
    private async Task<bool> RefreshAsync()
    {
        try
        {
            return await AreInAsync(await backup.RefreshAsync(peers.Session));
        }
        catch (BackupProblem problem) when (problem.Code == BackupProblem.RefreshPostponed)
        {
            await backup.Refresher(peers.Session).AbortAsync(backup.Id, CancellationToken.None);
            return false;
        }
    }

    /// <returns>Whether all peers are in the epoch; who has signed that it is, must be.</returns>
    private async Task<bool> AreInAsync(RefreshedBackup refreshed)
    {
        var shares = await ShareCollection.CollectAsync(peers.Session, backup.Id, withKeys: false, CancellationToken.None);
        var behind = shares.Held.Where(held => held.Answer.Epoch != refreshed.Epoch).ToList();
        foreach (var held in behind.Where(held => refreshed.Applied.Any(one => one.Peer.Key == held.Peer.Peer.Key)))
        {
            var (name, epoch) = (held.Peer.Peer.Name, held.Answer.Epoch);
            Require(false, $"is kept by {name}, who has signed that it is in the epoch {refreshed.Epoch} and is in {epoch}");
        }

        return behind.Count == 0 && shares.Held.Count == SimulatedPeers.Total;
    }

    private async Task RequireRestoredByMostAsync(string when)
    {
        foreach (var peer in peers.Peers)
        {
            peer.IsAway = true;
            await RequireRestoredAsync($"the others, {when}, with {peer.Known.Name} away");
            peer.IsAway = false;
        }
    }

    private async Task RequireRestoredAsync(string by)
    {
        var why = await TryAsync(() => backup.RestoreAsync(peers.Session, service.Judge.Note));
        Require(why is null, $"is not restored by {by}: {why}");
    }

    private async Task RequireAsync(string what, Func<Task<bool>> act)
    {
        string? last = null;
        for (var left = Attempts; left > 0; left--)
        {
            var done = false;
            last = await TryAsync(async () =>
            {
                done = await act();
                return null;
            });
            if (done)
            {
                return;
            }
        }

        Require(false, $"{what}: {last}");
    }

    /// <returns>Why it failed; null when it did not.</returns>
    private static async Task<string?> TryAsync(Func<Task<string?>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception fault) when (PeerFailure.Of(fault) is { } failure)
        {
            return $"{failure.Code}: {failure.Detail}";
        }
    }

    private void Require(bool holds, string what)
    {
        service.Judge.Count();
        if (!holds)
        {
            service.Judge.Note($"The backup {backup.Id} {what}.");
        }
    }
}
