using FairShare.Client.Backup.Deleting;
using FairShare.Client.Backup.Keeping;
using FairShare.Client.Backup.Peers;
using FairShare.Simulation.Runs;

namespace FairShare.Simulation.Histories.Backup;

/// <summary>A backup of a history, its peers and its owner.</summary>
/// <param name="service">The run.</param>
/// <param name="peers">The peers.</param>
/// <param name="started">The history's deeds.</param>
/// <param name="isShort">Whether it is a story, and proven shortly.</param>
internal sealed class BackupScene(SimulatedService service, SimulatedPeers peers, StartedDeeds started, bool isShort) : IScene
{
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);
    private const int Attempts = 12;
    private readonly List<string> endings = [];
    private SimulatedBackup? backup;
    private BackupMaking? making;
    private int storing;

    public IReadOnlyList<string> Endings => endings;

    public async Task DoAsync(Deed deed, SimulatedParty actor)
    {
        try
        {
            await TryAsync(deed);
        }
        catch (Exception fault) when (PeerFailure.Of(fault) is not null)
        {
            // Peers may refuse, and may be away: the owner is told so, and tries again at another time.
        }
    }

    public Task ProveAsync() =>
        backup is null ? Task.CompletedTask : new BackupProof(service, peers, backup, isShort, endings.Add).RunAsync();

    private async Task TryAsync(Deed deed)
    {
        if (deed.Kind == DeedKind.MakeBackup)
        {
            await MakeAsync();
            return;
        }

        if (deed.Kind == DeedKind.GoAway)
        {
            await GoAwayAsync(peers.Peers[deed.Document], deed.Choice);
            return;
        }

        await started.AfterAsync(DeedKind.MakeBackup, 0);
        if (backup is { IsMade: true } made)
        {
            await WorkAsync(deed, made);
        }
    }

    private async Task MakeAsync()
    {
        var body = new byte[300];
        service.Host.Randomness.Fill(body);
        making = new BackupMaking(peers.Session, body);
        backup = new SimulatedBackup(making.Id, making.Secret, body);
        for (var left = Attempts; !backup.IsMade; left--)
        {
            try
            {
                await making.RunAsync();
                backup.IsMade = true;
            }
            catch (Exception fault) when (left > 1 && PeerFailure.Of(fault) is not null)
            {
                await Task.Delay(Pause, service.Clock);
            }
        }
    }

    private async Task GoAwayAsync(SimulatedPeer peer, int choice)
    {
        peer.IsAway = true;
        await Task.Delay(LongestAbsence * (choice % 100 / 100.0), service.Clock);
        peer.IsAway = false;
    }

    private async Task WorkAsync(Deed deed, SimulatedBackup made)
    {
        switch (deed.Kind)
        {
            case DeedKind.LoseShare:
                await peers.Peers[deed.Document].LoseAsync(made.Id);
                break;
            case DeedKind.StoreAgain when !made.IsToBeDeleted:
                await making!.RunAgainAsync();
                break;
            case DeedKind.Refresh:
                await made.RefreshAsync(peers.Session);
                break;
            case DeedKind.GiveUpRefresh:
                await made.Refresher(peers.Session).AbortAsync(made.Id, CancellationToken.None);
                break;
            case DeedKind.Repair when !made.IsToBeDeleted:
                storing++;
                await new BackupRepair(peers.Session).RunAsync(made.Id, CancellationToken.None);
                storing--;
                break;
            case DeedKind.Check:
                await new BackupCheck(peers.Session).RunAsync(made.Id, CancellationToken.None);
                break;
            case DeedKind.Restore:
                await made.RestoreAsync(peers.Session, service.Judge.Note);
                break;
            case DeedKind.DeleteBackup:
                await DeleteAsync(made);
                break;
        }
    }

    private async Task DeleteAsync(SimulatedBackup made)
    {
        made.IsToBeDeleted = true;
        var deleted = await new BackupDeletion(peers.Session).RunAsync(made.Id, CancellationToken.None);
        if (storing == 0)
        {
            await DeletionProof.RequireAsync(service.Judge, peers, made.Id, deleted);
        }
    }
}
