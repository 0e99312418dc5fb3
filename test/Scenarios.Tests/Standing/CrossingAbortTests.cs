using System.Text.Json.Nodes;
using FairShare.Backup.Curve;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Client.Backup.Keeping;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using Xunit;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>An order to give a refresh up that crosses its certificate: some peers have followed the one, some the other.</summary>
[Collection(StandingWorld.Collection)]
public sealed class CrossingAbortTests(StandingWorld world)
{
    [Fact]
    public async Task Abort_ThatCrossesTheCertificate_LosesNothing()
    {
        var backup = await world.CreateAsync();
        var secret = await SecretAsync(backup);
        var first = await PrepareAsync(backup, attempt: 0, ["p1", "p2", "p3", "p4"], ["p1", "p2", "p3", "p4"]);

        await AskAsync(PeerRoutes.ApplyRefresh, backup, first, "p1", "p2");
        await AskAsync(PeerRoutes.AbortRefresh, backup, new RefreshProgress(0, []), "p3", "p4");
        await AskAsync(PeerRoutes.AbortRefresh, backup, new RefreshProgress(0, []), "p5");
        await PrepareAsync(backup, attempt: 1, ["p3", "p4", "p5"], ["p3", "p4"]);

        // Two peers are in the next epoch, three in this one. While p5 is away, too few shares of either are in use; but p3 and p4 have
        // kept what they gave up.
        Assert.Equal(secret, await SecretAsync(backup, without: "p5"));
    }

    // What a liar says under another's index must not stand in the way of that other.
    [Fact]
    public async Task Restore_AcrossTheCertificateWithALiarUnderAnothersIndex_TakesTheTrueShare()
    {
        var backup = await world.CreateAsync();
        var secret = await SecretAsync(backup);
        var said = await PrepareAsync(backup, attempt: 0, ["p1", "p2", "p3", "p4"], ["p1", "p2", "p3", "p4"]);
        await AskAsync(PeerRoutes.ApplyRefresh, backup, said, "p1", "p2");
        await using var liar = new AlteredPeer(
            world.Peer("p1").Peer.Url,
            call => call.Action == "releases" ? ClaimAsync(backup, call, index: 3) : Task.FromResult(call.Said)
        );
        var others = world.Without("p1").Peers.Peers.Where(peer => peer.Peer.Name != "p5");
        var peers = new PeerGroup([world.Connect(world.Peer("p1").Peer with { Url = liar.Url }), .. others]);

        var shares = await ShareCollection.CollectAsync(world.Session with { Peers = peers }, backup, withKeys: true, default);

        Assert.Equal([3, 2, 3, 4], shares.Held.Select(one => one.Share!.Index));
        Assert.Equal(secret, shares.Restore().Secret);
    }

    [Fact]
    public async Task Certificate_OfWhatWasGivenUp_IsFollowedByTheNextRefresh()
    {
        var backup = await world.CreateAsync();
        var secret = await SecretAsync(backup);
        var first = await PrepareAsync(backup, attempt: 0, ["p1", "p2", "p3", "p4"], ["p1", "p2", "p3", "p4"]);
        await AskAsync(PeerRoutes.ApplyRefresh, backup, first, "p1", "p2");
        await AskAsync(PeerRoutes.AbortRefresh, backup, new RefreshProgress(0, []), "p3", "p4");

        await AskAsync(PeerRoutes.ApplyRefresh, backup, first, "p3", "p4");
        var shares = await ShareCollection.CollectAsync(world.Session, backup, withKeys: true, default);
        Assert.Equal([1L, 1, 1, 1, 0], shares.Held.Select(one => one.Answer.Epoch));
        Assert.Equal(secret, shares.Restore().Secret);
    }

    [Fact]
    public async Task Refresh_AfterAnAbortThatReachedSome_TakesTheOthersAlong()
    {
        var backup = await world.CreateAsync();
        await AskAsync(PeerRoutes.AbortRefresh, backup, new RefreshProgress(0, []), "p1", "p2", "p3");

        var refreshed = await new BackupRefresh(world.Session).RunAsync(backup, default);

        Assert.Equal((1u, 5), (refreshed.Epoch, refreshed.Applied.Count));
    }

    // An answer that is told anew looks like a share that is lost: its owner has the others give it back.
    [Fact]
    public async Task Repair_OfPeersThatHavePrepared_LeavesThemWhatTheyPreparedAndTheirAttempt()
    {
        var backup = await world.CreateAsync();
        var secret = await SecretAsync(backup);
        await AskAsync(PeerRoutes.AbortRefresh, backup, new RefreshProgress(0, []), StandingWorld.Names.ToArray());
        var first = await PrepareAsync(backup, attempt: 1, ["p1", "p2", "p3", "p4"], ["p1", "p2", "p3", "p4"]);

        Assert.Equal(2, (await RepairKeySharesAsync(backup, "p3", "p4")).Repaired.Count);
        await AskAsync(PeerRoutes.ApplyRefresh, backup, first, "p1", "p2");
        Assert.Equal(secret, await SecretAsync(backup, without: "p5"));

        await AskAsync(PeerRoutes.ApplyRefresh, backup, first, "p3", "p4");
        var shares = await ShareCollection.CollectAsync(world.Session, backup, withKeys: true, default);
        Assert.Equal([1L, 1, 1, 1, 0], shares.Held.Select(one => one.Answer.Epoch));
        Assert.Equal(secret, shares.Restore().Secret);
    }

    // A release of the first peer's with a made-up share of another index, as its seal signs it.
    private async Task<string> ClaimAsync(BackupId backup, SeenCall call, int index)
    {
        var (said, randomness) = (JsonNode.Parse(call.Said)!.AsObject(), new SystemRandomness());
        var content = JsonNode.Parse(JsonNode.Parse(call.Asked)!["content"]!.ToString())!;
        var share = new SecretShare(index, Scalar.Random(randomness), Scalar.Random(randomness));
        var octets = AgreementKey.Seal(
            Base64UrlText.TryDecode(content["recipient"]!.ToString(), out var key) ? key : [],
            new KeyShareFile(backup, 1, share).ToBytes(),
            KeyShareFile.ContextOf(backup, 1, index),
            randomness
        );
        var members = BackupRecord.Parse(said["record"]!.ToString(), RecordKind.ShareRelease).Members;
        members = members.With("index", index).With("share", Sha256Digest.Of(octets));
        said["record"] = await world.Insider("p1").SealAsync(RecordKind.ShareRelease, members);
        said["share"] = Base64UrlText.Encode(octets);
        return said.ToJsonString();
    }

    private async Task<RepairedBackup> RepairKeySharesAsync(BackupId backup, params string[] names)
    {
        var health = await new BackupCheck(world.Session).RunAsync(backup, default);
        var peers = health.Peers.Select(one => names.Contains(one.Peer!.Name) ? one with { HasKeyShare = false } : one);
        return await new BackupRepair(world.Session) { Health = health with { Peers = [.. peers] } }.RunAsync(backup, default);
    }

    private async Task<object> SecretAsync(BackupId backup, string? without = null)
    {
        var session = without is null ? world.Session : world.Without(without);
        var shares = await ShareCollection.CollectAsync(session, backup, withKeys: true, default);
        return shares.Restore().Secret ?? throw new InvalidOperationException("The secret is lost.");
    }

    /// <summary>An attempt up to what its peers say when they have prepared.</summary>
    private async Task<RefreshProgress> PrepareAsync(BackupId backup, long attempt, string[] dealers, string[] takers)
    {
        var said = new RefreshProgress(0, [.. world.Session.Peers.Peers.Select(peer => peer.Peer.Key)], Attempt: attempt);
        said = said with { Keys = [.. (await AskAsync(PeerRoutes.OfferKey, backup, said, dealers)).Select(one => one.Record)] };
        said = said with { Deals = [.. (await AskAsync(PeerRoutes.DealRefresh, backup, said, dealers)).Select(one => one.Record)] };
        return said with { Prepared = [.. (await AskAsync(PeerRoutes.PrepareRefresh, backup, said, takers)).Select(one => one.Record)] };
    }

    private Task<TAnswer[]> AskAsync<TAnswer>(
        Route<BackupId, PeerOrder, TAnswer> route,
        BackupId backup,
        RefreshProgress said,
        params string[] names
    ) => Task.WhenAll(names.Select(name => world.Peer(name).OrderAsync(route, backup, said, default)));
}
