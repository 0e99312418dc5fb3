using System.Security.Cryptography;
using FairShare.Backup.Integrity;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Standing;
using FairShare.Client.Backup.Deleting;
using FairShare.Client.Backup.Keeping;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Client.Backup.Standing;
using FairShare.Client.Http;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Contracts.Standing;
using FairShare.Contracts.Vault;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>Everything that peers and a coordinator do, on the way of an owner and of whoever tries something else.</summary>
internal static class PeerTour
{
    public static async Task RunAsync(StandingWorld world)
    {
        await InAsync("keep and mend", KeepAsync);
        await InAsync("move", MoveAsync);
        await InAsync("miss", MissAsync);
        await InAsync("give up an upload", GiveUpUploadAsync);
        await InAsync("refresh with a liar", RefreshWithALiarAsync);
        await InAsync("abort a refresh", AbortAsync);
        await InAsync("group", GroupTour.RunAsync);
        await InAsync("standing work", StandAsync);
        world.Scenario = "";

        async Task InAsync(string scenario, Func<StandingWorld, Task> run)
        {
            world.Scenario = scenario;
            await run(world);
        }
    }

    /// <summary>One in parts, restored, patched in vain, damaged, mended in its place, damaged all over, made anew, and deleted.</summary>
    private static async Task KeepAsync(StandingWorld world)
    {
        var backup = await world.CreateAsync(world.Session, BackupScheme.Sss, 9 << 20);
        await world.RestoreAsync(backup);
        await world.Peer("p3").OrderAsync(PeerRoutes.TakeManifest, backup, new ManifestRequest(), default);
        await RefusedAsync("share-body-differs", () => PatchAsync(world.Peer("p2"), backup));
        // More leaves than a check of some would all draw, and no more than one order puts right.
        await world.DamageAsync("p2", backup, 40 * ShareTree.LeafSize);
        Require((await RepairAsync()) is { WholeBody: false, Leaves.Count: 40 }, "The leaves were not put right in their places.");
        await world.DamageAsync("p2", backup);
        Require((await RepairAsync()).WholeBody, "The body was not made anew.");
        await new BackupDeletion(world.Session).RunAsync(backup, default);

        async Task<RepairedShare> RepairAsync() => (await new BackupRepair(world.Session).RunAsync(backup, default)).Repaired.Single();
    }

    /// <summary>A share that moves to another peer by the help of others.</summary>
    private static async Task MoveAsync(StandingWorld world)
    {
        var backup = await world.CreateAsync(world.Without("p5"), BackupScheme.Ida, 40_000);
        var lost = PublicKey.FromJwk(world.Peer("p4").Peer.Key).Thumbprint;
        var repair = new BackupRepair(world.Session) { Replacements = new Dictionary<KeyId, PeerConnection> { [lost] = world.Peer("p5") } };
        Require((await repair.RunAsync(backup, default)).Repaired.Count == 1, "The share did not move.");
    }

    /// <summary>A body that is gone, and one that never came.</summary>
    private static async Task MissAsync(StandingWorld world)
    {
        var (backup, peer) = (await world.CreateAsync(), world.Peer("p1"));
        await world.LoseAsync("p1", backup);
        await RefusedAsync("share-not-stored", () => peer.OrderAsync(PeerRoutes.ProveShare, backup, new NothingMore(), default));
        await RefusedAsync("share-not-stored", () => PatchAsync(peer, backup));
        var taken = await peer.OrderAsync(PeerRoutes.TakeManifest, backup, new ManifestRequest(), default);
        Require(!taken.HasBody, "A body that is gone is said to be there.");
        var size = BackupManifest.Read(BackupRecord.Parse(taken.Manifest, RecordKind.BackupManifest)).BodySize;
        var digest = new DigestView("sha-256", Sha256Digest.Of([1]).ToString());
        await peer.OrderAsync(PeerRoutes.RequestShareUpload, backup, new ShareUpload(1, size, Fresh: true, digest), default);
        var statement = new ShareStatement(taken.Manifest, size, digest);
        await RefusedAsync("share-not-stored", () => peer.OrderAsync(PeerRoutes.ConfirmShare, backup, statement, default));
    }

    /// <summary>A patch with a leaf of zeros, which is as long as it must be.</summary>
    private static async Task PatchAsync(PeerConnection peer, BackupId backup)
    {
        var manifest = (await peer.OrderAsync(PeerRoutes.TakeManifest, backup, new ManifestRequest(), default)).Manifest;
        var size = BackupManifest.Read(BackupRecord.Parse(manifest, RecordKind.BackupManifest)).BodySize;
        var leaf = new PatchedLeaf(0, Base64UrlText.Encode(new byte[Math.Min(size, ShareTree.LeafSize)]));
        await peer.OrderAsync(PeerRoutes.PatchShare, backup, new PatchRequest([leaf]), default);
    }

    /// <summary>An upload that is begun, begun anew, asked after, and deleted before it is there.</summary>
    private static async Task GiveUpUploadAsync(StandingWorld world)
    {
        var (backup, peer) = (BackupId.New(new SystemRandomness()), world.Peer("p1"));
        var part = new VaultPart(1, Sha256Digest.Of(RandomNumberGenerator.GetBytes(32)).ToString(), 8 << 20);
        var upload = new ShareUpload(1, 20 << 20, Fresh: true, Parts: [part]);
        await peer.OrderAsync(PeerRoutes.RequestShareUpload, backup, upload, default);
        var grant = await peer.OrderAsync(PeerRoutes.RequestShareUpload, backup, upload, default);
        await world.Session.Transfers.GetStringAsync(grant.Parts!.PartsUrl);
        await peer.OrderAsync(PeerRoutes.DeleteShare, backup, new NothingMore(), default);
    }

    /// <summary>A refresh in which one deals wrongly and accuses falsely: it is accused, and the accused open.</summary>
    private static async Task RefreshWithALiarAsync(StandingWorld world)
    {
        using var liar = new Liar();
        var session = world.Without("p5");
        List<PeerConnection> peers = [.. session.Peers.Peers];
        var note = liar.Note;
        var all = session with { Peers = new PeerGroup([.. peers, world.Connect(note)]) };
        var backup = await world.CreateAsync(all, BackupScheme.Ida, 40_000, happy: 4);
        var manifest = (await ShareCollection.CollectAsync(session, backup, withKeys: false, default)).Manifest;
        var said = new RefreshProgress(0, [.. all.Peers.Peers.Select(peer => peer.Peer.Key)]);

        said = said with { Keys = [.. (await AskAsync(PeerRoutes.OfferKey)).Select(one => one.Record)] };
        var deals = await AskAsync(PeerRoutes.DealRefresh);
        var first = Dealt(deals[0].Record).Digest;
        var wrong = await liar.DealAsync(manifest, Dealt(deals[0].Record).Keys, Now());
        said = said with { Deals = [.. deals.Select(one => one.Record), wrong] };
        var accusations = (await AskAsync(PeerRoutes.JudgeDeals)).SelectMany(one => one.Records).ToList();
        Require(accusations.Count == peers.Count, "The liar was not accused by all.");
        said = said with { Accusations = [.. accusations, await liar.AccuseAsync(manifest, 1, first, Now())] };
        said = said with { Openings = [.. (await AskAsync(PeerRoutes.OpenDeals)).SelectMany(one => one.Records)] };
        Require(said.Openings.Count == 1, "The accused did not open.");
        said = said with { Prepared = [.. (await AskAsync(PeerRoutes.PrepareRefresh)).Select(one => one.Record)] };
        await AskAsync(PeerRoutes.ApplyRefresh);

        static RefreshDeal Dealt(string record) => RefreshRecords.ReadDeal(BackupRecord.Parse(record, RecordKind.RefreshDeal));

        DateTimeOffset Now() => Timestamp.Truncate(world.Time.GetUtcNow());

        Task<TAnswer[]> AskAsync<TAnswer>(Route<BackupId, PeerOrder, TAnswer> route) =>
            Task.WhenAll(peers.Select(peer => peer.OrderAsync(route, backup, said, default)));
    }

    /// <summary>A refresh that is begun and given up.</summary>
    private static async Task AbortAsync(StandingWorld world)
    {
        var backup = await world.CreateAsync();
        await world
            .Peer("p1")
            .OrderAsync(
                PeerRoutes.DealRefresh,
                backup,
                new RefreshProgress(0, [.. world.Session.Peers.Peers.Select(peer => peer.Peer.Key)]),
                default
            );
        await new BackupRefresh(world.Session).AbortAsync(backup, default);
    }

    /// <summary>Work that is handed over, carried, looked at, and withdrawn.</summary>
    private static async Task StandAsync(StandingWorld world)
    {
        var orders = new StandingOrders(world.Session);
        var (work, roots) = await orders.ProveAsync(await world.CreateAsync(), TimeSpan.FromDays(1), default);
        var note = await world.HandOverAsync(work, roots);
        await world.UntilAsync(note, TimeSpan.Zero, view => view is { Round: 2 });
        await world.Coordinator.CallAsync(StandingRoutes.HandOverWork, StandingWorkId.Parse(note.Id), work, default);
        await world.Coordinator.CallAsync(StandingRoutes.WithdrawWork, StandingWorkId.Parse(note.Id), default);
    }

    private static async Task RefusedAsync(string code, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (FairShareProblem problem) when (problem.Code == code)
        {
            return;
        }

        throw new InvalidOperationException($"A call was not refused with {code}.");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }
}
