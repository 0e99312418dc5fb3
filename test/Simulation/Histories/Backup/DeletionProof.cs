using FairShare.Backup.Records;
using FairShare.Client.Backup.Deleting;
using FairShare.Simulation.Judging;

namespace FairShare.Simulation.Histories.Backup;

/// <summary>A peer that has signed that it has nothing any more has nothing.</summary>
internal static class DeletionProof
{
    public static async Task RequireAsync(Judge judge, SimulatedPeers peers, BackupId backup, DeletedBackup deleted)
    {
        foreach (var (known, _) in deleted.Receipts)
        {
            judge.Count();
            if (await peers.Peers.Single(peer => peer.Known.Key == known.Key).WhatIsLeftAsync(backup) is { } left)
            {
                judge.Note($"{known.Name} has signed that it has deleted {backup}, and there is {left}.");
            }
        }
    }
}
