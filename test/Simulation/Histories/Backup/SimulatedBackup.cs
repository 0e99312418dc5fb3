using FairShare.Backup.Curve;
using FairShare.Backup.Records;
using FairShare.Client.Backup.Keeping;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Contracts.Backup;

namespace FairShare.Simulation.Histories.Backup;

/// <summary>A backup as its owner has noted it, and what only a judge knows: its secret and its body.</summary>
internal sealed class SimulatedBackup(BackupId id, Scalar secret, byte[] body)
{
    private RefreshProgress? certified;

    public BackupId Id => id;

    /// <summary>Whether every peer has given a receipt.</summary>
    public bool IsMade { get; set; }

    /// <summary>Whether its owner has asked to delete it.</summary>
    public bool IsToBeDeleted { get; set; }

    /// <summary>A refresh that knows what an earlier one has certified.</summary>
    public BackupRefresh Refresher(BackupSession session) =>
        new(session) { Certified = certified, Note = progress => certified = progress };

    public Task<RefreshedBackup> RefreshAsync(BackupSession session) => Refresher(session).RunAsync(id, CancellationToken.None);

    /// <summary>Puts the secret together from the shares that peers give, and reads the bodies.</summary>
    /// <param name="session">Owner and peers.</param>
    /// <param name="note">Told of what is given and is not what was stored.</param>
    /// <returns>Why it cannot be restored; null when it is.</returns>
    public async Task<string?> RestoreAsync(BackupSession session, Action<string> note)
    {
        var shares = await ShareCollection.CollectAsync(session, id, withKeys: true, CancellationToken.None);
        if (shares.Restore().Secret is not { } found)
        {
            return $"of {shares.Held.Count} peers that answer fewer than {shares.Manifest.Parameters.Threshold} have good key shares";
        }

        if (found != secret)
        {
            note($"The shares of {id} give another secret than was shared.");
        }

        foreach (var held in shares.Held)
        {
            using var response = await session.Transfers.GetAsync(held.Answer.BodyUrl);
            if (response.IsSuccessStatusCode && (await response.Content.ReadAsByteArrayAsync()).AsSpan().SequenceEqual(body))
            {
                return null;
            }
        }

        return "no peer has its body";
    }
}
