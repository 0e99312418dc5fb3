using FairShare.Backup.Planning;
using FairShare.Backup.Records;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Deleting;
using FairShare.Client.Backup.Keeping;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Client.Backup.Storing;
using FairShare.Client.Parties;
using FairShare.Core.Identifiers;
using FairShare.Vault.Objects;
using FairShare.Vault.Packing;

namespace FairShare.Cli.Demo.Backup;

/// <summary>
/// What each operation on a backup takes of what is billed, counted by the hosts of six peers: a small file on five of them, any three of
/// which restore it, a share of which moves to the sixth. Everything is done twice, and counted the second time: the first pays for what
/// functions keep from then on.
/// </summary>
internal sealed class BackupMetering(DemoFolders folders, Terminal terminal, TimeProvider time)
{
    private const int Threshold = 3;
    private const int Holders = 5;
    private static readonly string[] Names = ["p1", "p2", "p3", "p4", "p5", "p6"];

    private readonly SystemRandomness randomness = new();

    /// <summary>Starts the peers, does everything, and stops them.</summary>
    public async Task<OperationCosts> RunAsync(CancellationToken cancellationToken)
    {
        using var owner = new KeyStore(folders.Profile("meter")).Create("demonstration");
        using var transfers = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var peers = new List<DemoPeer>();
        try
        {
            foreach (var name in Names)
            {
                var folder = Path.Combine(folders.Data, "meter", name);
                peers.Add(await DemoPeer.StartAsync(name, folder, owner, terminal, time, cancellationToken));
            }

            var session = new BackupSession(owner, new PeerGroup([.. peers.Select(peer => peer.Connection)]), transfers, time, randomness);
            await RoundAsync("first", session, peers, cancellationToken);
            return new OperationCosts(await RoundAsync("next", session, peers, cancellationToken));
        }
        finally
        {
            foreach (var peer in peers)
            {
                await peer.DisposeAsync();
            }
        }
    }

    private async Task<IReadOnlyList<(string Operation, MeterReading Reading)>> RoundAsync(
        string round,
        BackupSession session,
        List<DemoPeer> peers,
        CancellationToken cancellationToken
    )
    {
        var (before, after) = (Without(session, Holders), Without(session, Holders - 1));
        BackupId backup = default;
        var readings = new List<(string, MeterReading)>();
        await MeterAsync("create", async () => backup = await CreateAsync(round, before, cancellationToken));
        await MeterAsync("check", () => new BackupCheck(before).RunAsync(backup, cancellationToken));
        var target = Path.Combine(folders.Next, round);
        await MeterAsync("restore", () => new BackupRestoration(before).RunAsync(backup, target, cancellationToken));
        await MeterAsync("repair", () => RepairAsync(backup, session, cancellationToken));
        await MeterAsync("refresh", () => new BackupRefresh(after).RunAsync(backup, cancellationToken));
        await MeterAsync("delete", () => new BackupDeletion(after).RunAsync(backup, cancellationToken));
        return readings;

        async Task MeterAsync(string operation, Func<Task> work)
        {
            var meter = new DemoMeter(() => Totals(peers), time);
            meter.Start();
            await work();
            readings.Add((operation, await meter.StopAsync(cancellationToken)));
        }
    }

    private async Task<BackupId> CreateAsync(string round, BackupSession session, CancellationToken cancellationToken)
    {
        var places = session.Peers.Peers.Select(peer => new SharePlace(peer.Peer.Name, peer.Peer.Domain, peer.Peer.Operator));
        var plan = BackupPlan.Require(BackupScheme.Ida, [.. places], Threshold);
        var content = new TreeContent(SourceTree.List(folders.MakeNoise($"{round}.bin")));
        var created = await new BackupCreation(session, plan).RunAsync(content, null, null, cancellationToken);
        return BackupManifest.Read(created.Manifest).Backup;
    }

    private static Task<RepairedBackup> RepairAsync(BackupId backup, BackupSession session, CancellationToken cancellationToken)
    {
        var lost = Core.Keys.PublicKey.FromJwk(session.Peers.Peers[Holders - 1].Peer.Key).Thumbprint;
        var repair = new BackupRepair(session)
        {
            Replacements = new Dictionary<KeyId, PeerConnection> { [lost] = session.Peers.Peers[Holders] },
        };
        return repair.RunAsync(backup, cancellationToken);
    }

    private static BackupSession Without(BackupSession session, int place) =>
        session with
        {
            Peers = new PeerGroup([.. session.Peers.Peers.Where((_, index) => index != place)]),
        };

    private static Dictionary<string, double> Totals(List<DemoPeer> peers) =>
        peers.SelectMany(peer => peer.Meter).GroupBy(use => use.Key).ToDictionary(unit => unit.Key, unit => unit.Sum(use => use.Value));
}
