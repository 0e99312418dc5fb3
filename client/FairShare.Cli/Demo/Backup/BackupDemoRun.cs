using System.Diagnostics;
using System.Globalization;
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
using FairShare.Exchange.Evidence;
using FairShare.Vault.Objects;
using FairShare.Vault.Packing;

namespace FairShare.Cli.Demo.Backup;

/// <summary>
/// Five peers hold a backup, two are lost with all that they had; it is restored, repaired onto two others, checked, refreshed, deleted.
/// </summary>
internal sealed class BackupDemoRun(DemoFolders folders, DemoNarrator narrator, Terminal terminal, TimeProvider time)
{
    private const int Threshold = 3;
    private static readonly string[] First = ["home", "eu", "us", "jp", "b2"];
    private static readonly string[] Later = ["br", "za"];

    private readonly SystemRandomness randomness = new();
    private readonly List<EvidenceCheck> checks = [];

    public async Task<BackupDemoOutcome> RunAsync(string path, IReadOnlyList<BackupScheme> schemes, CancellationToken cancellationToken)
    {
        var keys = new KeyStore(folders.Profile("owner"));
        using var owner = keys.Create("demonstration");
        narrator.Say($"The owner signs orders with the key {owner.KeyId}.");
        foreach (var scheme in schemes)
        {
            await RunAsync(path, scheme, owner, cancellationToken);
        }

        return new BackupDemoOutcome(checks);
    }

    private async Task RunAsync(string path, BackupScheme scheme, LocalSigner owner, CancellationToken cancellationToken)
    {
        var peers = new List<DemoPeer>();
        using var transfers = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            await StartAsync(scheme, peers, First, owner, cancellationToken);
            var backup = await CreateAsync(path, scheme, Session(peers, owner, transfers), cancellationToken);
            await LoseAsync(peers, cancellationToken);
            await RestoreAsync(path, backup, scheme, "two lost", Session(peers, owner, transfers), cancellationToken);
            await StartAsync(scheme, peers, Later, owner, cancellationToken);
            await RepairAsync(backup, scheme, peers, Session(peers, owner, transfers), cancellationToken);
            var there = peers.Where(peer => !lost.Contains(peer)).ToList();
            var session = Session(there, owner, transfers);
            await CheckAsync(backup, scheme, session, cancellationToken);
            await RefreshAsync(backup, scheme, session, cancellationToken);
            await RestoreAsync(path, backup, scheme, "refreshed", session, cancellationToken);
            await DeleteAsync(backup, scheme, session, cancellationToken);
        }
        finally
        {
            lost.Clear();
            foreach (var peer in peers)
            {
                await peer.DisposeAsync();
            }
        }
    }

    private readonly List<DemoPeer> lost = [];

    private BackupSession Session(IEnumerable<DemoPeer> peers, LocalSigner owner, HttpClient transfers) =>
        new(
            owner,
            new PeerGroup([.. peers.Where(peer => !lost.Contains(peer)).Select(peer => peer.Connection)]),
            transfers,
            time,
            randomness
        );

    private Task StartAsync(
        BackupScheme scheme,
        List<DemoPeer> peers,
        string[] names,
        LocalSigner owner,
        CancellationToken cancellationToken
    ) =>
        StepAsync(
            "peers",
            async () =>
            {
                foreach (var name in names)
                {
                    var folder = Path.Combine(folders.Data, scheme.Name(), name);
                    peers.Add(await DemoPeer.StartAsync(name, folder, owner, terminal, time, cancellationToken));
                }

                return string.Join(", ", peers.TakeLast(names.Length).Select(peer => $"{peer.Name} at {peer.Url}"));
            }
        );

    private async Task<BackupId> CreateAsync(string path, BackupScheme scheme, BackupSession session, CancellationToken cancellationToken)
    {
        BackupId backup = default;
        await StepAsync(
            "create",
            async () =>
            {
                var plan = BackupPlan.Require(scheme, [.. session.Peers.Peers.Select(peer => Place(peer.Peer))], Threshold);
                var content = new TreeContent(SourceTree.List(path));
                var created = await new BackupCreation(session, plan).RunAsync(content, null, null, cancellationToken);
                var manifest = BackupManifest.Read(created.Manifest);
                backup = manifest.Backup;
                Check($"{scheme.Name()}.receipts", created.Receipts.Count == First.Length);
                var factor = ((double)created.StoredSize / manifest.Size).ToString("0.0", CultureInfo.InvariantCulture);
                return $"{scheme.Name()}, {Threshold} of {First.Length}: {created.Receipts.Count} receipts verified; "
                    + $"{manifest.Size} bytes, {factor}x stored; backup {backup}";
            }
        );
        return backup;
    }

    private Task LoseAsync(List<DemoPeer> peers, CancellationToken cancellationToken) =>
        StepAsync(
            "lose",
            async () =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var peer in peers.Skip(1).Take(2).ToList())
                {
                    await peer.LoseAsync();
                    lost.Add(peer);
                }

                return $"{string.Join(" and ", lost.Select(peer => peer.Name))} are gone, their state deleted";
            }
        );

    private Task RestoreAsync(
        string path,
        BackupId backup,
        BackupScheme scheme,
        string when,
        BackupSession session,
        CancellationToken cancellationToken
    ) =>
        StepAsync(
            "restore",
            async () =>
            {
                var folder = Path.Combine(folders.Out, $"{scheme.Name()} {when}");
                var restored = await new BackupRestoration(session).RunAsync(backup, folder, cancellationToken);
                var same = await SameTree.CompareAsync(path, restored.Paths[0], cancellationToken);
                Check($"{scheme.Name()}.restored.{when.Replace(' ', '-')}", same);
                return $"{restored.Shares.Held.Count} peers answered: {(same ? "identical" : "NOT THE SAME")}";
            }
        );

    private Task RepairAsync(
        BackupId backup,
        BackupScheme scheme,
        List<DemoPeer> peers,
        BackupSession session,
        CancellationToken cancellationToken
    ) =>
        StepAsync(
            "repair",
            async () =>
            {
                var replacements = lost.Zip(peers.TakeLast(Later.Length))
                    .ToDictionary(pair => KidOf(pair.First.Connection.Peer), pair => pair.Second.Connection);
                var repair = new BackupRepair(session) { Replacements = replacements };
                var repaired = await repair.RunAsync(backup, cancellationToken);
                var manifest = BackupManifest.Read(repaired.Manifest);
                Check(
                    $"{scheme.Name()}.repaired",
                    repaired.Repaired.Count == Later.Length
                        && repaired.Takers >= manifest.Quorum
                        && repaired.Repaired.All(one => one.Receipt is not null)
                );
                return $"{string.Join(", ", repaired.Repaired.Select(one => $"{one.Peer.Name} has share {one.Index}"))}; "
                    + $"receipts verified; manifest {manifest.Sequence} taken by {repaired.Takers} of {manifest.Parameters.Total}";
            }
        );

    private Task CheckAsync(BackupId backup, BackupScheme scheme, BackupSession session, CancellationToken cancellationToken) =>
        StepAsync(
            "check",
            async () =>
            {
                var health = await new BackupCheck(session).RunAsync(backup, cancellationToken);
                Check($"{scheme.Name()}.healthy", health.Peers.All(peer => peer.IsGood));
                return $"{health.Peers.Count(peer => peer.IsGood)} of {health.Peers.Count} good, {health.Spare} to spare; "
                    + $"{health.Traffic} bytes read";
            }
        );

    private Task RefreshAsync(BackupId backup, BackupScheme scheme, BackupSession session, CancellationToken cancellationToken) =>
        StepAsync(
            "refresh",
            async () =>
            {
                var refreshed = await new BackupRefresh(session).RunAsync(backup, cancellationToken);
                Check($"{scheme.Name()}.refreshed", refreshed.Applied.Count == First.Length && refreshed.Epoch == 1);
                return $"epoch {refreshed.Epoch}: {refreshed.Prepared} prepared, {refreshed.Applied.Count} applied, nobody accused";
            }
        );

    private Task DeleteAsync(BackupId backup, BackupScheme scheme, BackupSession session, CancellationToken cancellationToken) =>
        StepAsync(
            "delete",
            async () =>
            {
                var deleted = await new BackupDeletion(session).RunAsync(backup, cancellationToken);
                Check($"{scheme.Name()}.deleted", deleted.Receipts.Count >= First.Length - Threshold + 1);
                Check($"{scheme.Name()}.gone", await IsGoneAsync(backup, session, cancellationToken));
                return $"{deleted.Receipts.Count} deletion receipts verified; {First.Length - Threshold + 1} are enough";
            }
        );

    private static async Task<bool> IsGoneAsync(BackupId backup, BackupSession session, CancellationToken cancellationToken)
    {
        try
        {
            await ShareCollection.CollectAsync(session, backup, withKeys: true, cancellationToken);
            return false;
        }
        catch (BackupProblem problem) when (problem.Code == BackupProblem.TooFewShares)
        {
            return true;
        }
    }

    private async Task StepAsync(string name, Func<Task<string>> work)
    {
        var watch = Stopwatch.StartNew();
        var what = await work();
        narrator.Steps.Add(new System.Text.Json.Nodes.JsonObject { ["step"] = name, ["what"] = what });
        narrator.Say(string.Create(CultureInfo.InvariantCulture, $"{name, 8}  {watch.Elapsed.TotalMilliseconds, 7:0} ms  {what}"));
    }

    private void Check(string name, bool passed) => checks.Add(new(name, passed, name));

    private static SharePlace Place(KnownPeer peer) => new(peer.Name, peer.Domain, peer.Operator);

    private static KeyId KidOf(KnownPeer peer) => Core.Keys.PublicKey.FromJwk(peer.Key).Thumbprint;
}
