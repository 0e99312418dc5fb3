using FairShare.Backup.Integrity;
using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Tests.Support;
using FairShare.Contracts.Backup;

namespace FairShare.Client.Tests.Backup;

/// <summary>Bodies of more than one call reads: proved, and put right, a piece a call, by peers that end in between.</summary>
[Collection(PeerFixture.Collection)]
public sealed class BackupPieceTests(PeerFixture peers) : IDisposable
{
    private const int PieceLeaves = PeerFixture.Piece / ShareTree.LeafSize;
    private const int PartLeaves = (8 << 20) / ShareTree.LeafSize;

    private readonly Workspace workspace = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PatchScene Scene => new(peers, workspace);

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("sss", 3)]
    [InlineData("ida", 2)]
    public async Task Prove_ABodyOfSeveralPieces_GoesOnAfterTheEndOfThePeerAndSeesThatTheBodyChanged(string scheme, int pieces)
    {
        // As large as makes the last piece a short one.
        var (owner, backup, key) = await Scene.CreateAsync(scheme, 5 * PeerFixture.Piece / 2);
        using var _ = key;
        var (peer, root) = (owner.Connect("p1", key), Manifest(owner, backup).Roots[0]);
        var order = await OrderAsync(peer, backup);
        var first = await GiveAsync(peer, backup, order);
        Assert.Equal((false, PieceLeaves), (first.IsOver, ProgressOf(first).Tally.Found.Leaves));
        await peers.StopAsync("p1");
        await peers.StartAsync("p1");
        var (last, calls) = (first, 1);
        for (; !last.IsOver; calls++)
        {
            last = await GiveAsync(peer, backup, order with { Said = last.Record });
        }

        Assert.Equal(pieces, calls);
        var proof = peer.Read(last.Record, RecordKind.IntegrityProof, backup).Members;
        Assert.Equal((root, ProgressOf(first).Begun), (proof.Digest("root"), proof.Time("begun")));

        // A piece that was read before another body lay there counts for nothing, though it is the one that changed.
        var body = await Scene.BodyKeyAsync("p1", backup);
        await peers.ChangeAsync("p1", body, PatchScene.Flip(7));
        Assert.Equal("proof-outdated", await CodeAsync(peer, backup, order with { Said = first.Record }));
        Assert.NotEqual(root, await ProveAsync(peer, backup, order));
        await peers.ChangeAsync("p1", body, PatchScene.Flip(7));
        Assert.Equal(root, await ProveAsync(peer, backup, order));
    }

    [Fact]
    public async Task Prove_FromWhereAnotherProofStopped_IsRefused()
    {
        var (owner, backup, key) = await Scene.CreateAsync("sss", 2 * PeerFixture.Piece);
        using var _ = key;
        var (peer, other) = (owner.Connect("p1", key), owner.Connect("p2", key));
        var order = await OrderAsync(peer, backup);
        var first = (await GiveAsync(peer, backup, order)).Record;
        Assert.Equal("proof-outdated", await CodeAsync(peer, backup, await OrderAsync(peer, backup) with { Said = first }));
        Assert.Equal(
            "unknown-key",
            await CodeAsync(peer, backup, order with { Said = (await GiveAsync(other, backup, await OrderAsync(other, backup))).Record })
        );
        Assert.Equal(
            "bad-signature",
            await CodeAsync(peer, backup, order with { Said = first[..^10] + (first[^10] == 'A' ? 'B' : 'A') + first[^9..] })
        );
        Assert.NotNull(await CodeAsync(peer, backup, order with { Said = order.Order }));
        Assert.NotNull(await CodeAsync(peer, backup, order with { Said = "" }));
    }

    [Fact]
    public async Task Patch_ABodyOfSeveralParts_GoesOnAfterTheEndOfThePeerAndTakesTheBodyAtTheEnd()
    {
        var (owner, backup, key) = await Scene.CreateAsync("sss", (16 << 20) + 100_000);
        using var _ = key;
        var (peer, body) = (owner.Connect("p1", key), await Scene.BodyKeyAsync("p1", backup));
        byte[] right = [];
        await peers.ChangeAsync("p1", body, octets => right = octets);
        var all = PatchScene.Leaves(right, 1, PartLeaves, (2 * PartLeaves) + 1);
        await peers.ChangeAsync(
            "p1",
            body,
            octets => PatchScene.Flip(PartLeaves * ShareTree.LeafSize)(PatchScene.Flip(ShareTree.LeafSize)(octets))
        );

        Assert.Equal(new PatchAnswer(null, PartLeaves), await PatchScene.PatchAsync(peer, backup, all));
        await peers.StopAsync("p1");
        await peers.StartAsync("p1");
        Assert.Equal([body], await Scene.BodiesAsync("p1", backup));
        Assert.Equal("not-an-owner", await ForeignCodeAsync(owner, backup, all));
        // A leaf of what is to come must be right; that the peer has put one right before it stays.
        Assert.Equal(new PatchAnswer(null, 2 * PartLeaves), await PatchScene.PatchAsync(peer, backup, all[1..]));
        var receipt = (await PatchScene.PatchAsync(peer, backup, [])).Record!;
        Assert.Equal(1, StorageReceipt.Read(peer.Read(receipt, RecordKind.StorageReceipt, backup)).Index);
        var patched = Assert.Single(await Scene.BodiesAsync("p1", backup));
        Assert.NotEqual(body, patched);
        await peers.ChangeAsync("p1", patched, octets => octets.AsSpan().SequenceEqual(right) ? octets : throw new InvalidDataException());
        Assert.True((bool)(await owner.RunAsync("backup", "check", backup.ToString(), "--deep"))["good"]!);
        await owner.RunAsync("backup", "delete", backup.ToString());
    }

    [Fact]
    public async Task Patch_ABodyThatChangesBetweenTwoCalls_ChangesNothingAndMayBeginAnew()
    {
        var (owner, backup, key) = await Scene.CreateAsync("sss", (16 << 20) + 100_000);
        using var _ = key;
        var (peer, body) = (owner.Connect("p1", key), await Scene.BodyKeyAsync("p1", backup));
        var before = (await peer.DescribeAsync(Stop)).Used;
        byte[] right = [];
        await peers.ChangeAsync("p1", body, octets => right = octets);
        await peers.ChangeAsync("p1", body, PatchScene.Flip(0));
        Assert.Equal(PartLeaves, (await PatchScene.PatchAsync(peer, backup, PatchScene.Leaves(right, 0))).Next);
        await peers.ChangeAsync("p1", body, PatchScene.Flip(PartLeaves * ShareTree.LeafSize));
        var refusal = await Assert.ThrowsAsync<FairShareProblem>(() => PatchScene.PatchAsync(peer, backup, []));
        Assert.Equal("share-body-differs", refusal.Code);
        Assert.Equal([body], await Scene.BodiesAsync("p1", backup));
        Assert.Equal(before, (await peer.DescribeAsync(Stop)).Used);

        var repaired = await owner.RunAsync("backup", "repair", backup.ToString());
        var share = Assert.Single(repaired["repaired"]!.AsArray())!;
        Assert.Equal((false, 2), ((bool)share["body"]!, share["leaves"]!.AsArray().Count));

        // The peer ended before it erased the body that was replaced: it goes with the rest.
        var patched = Assert.Single(await Scene.BodiesAsync("p1", backup));
        await peers.ChangeAsync("p1", patched, octets => octets, body);
        await owner.RunAsync("backup", "delete", backup.ToString());
        Assert.Empty(await peers.ObjectsAsync("p1", backup.ToString()));
    }

    private static BackupManifest Manifest(BackupOwner owner, BackupId backup) =>
        BackupManifest.Read(
            BackupRecord.Parse(File.ReadAllText(Path.Combine(owner.Folder.FolderOf(backup), "manifest.jws")), RecordKind.BackupManifest)
        );

    private static Task<PeerOrder> OrderAsync(PeerConnection peer, BackupId backup) =>
        peer.SignAsync(PeerRoutes.ProveShare, backup, new NothingMore(), TimeSpan.FromHours(1), Stop);

    private static Task<ProofAnswer> GiveAsync(PeerConnection peer, BackupId backup, PeerOrder order) =>
        peer.GiveAsync(PeerRoutes.ProveShare, backup, order, Stop);

    private static async Task<string> CodeAsync(PeerConnection peer, BackupId backup, PeerOrder order) =>
        (await Assert.ThrowsAsync<FairShareProblem>(() => GiveAsync(peer, backup, order))).Code;

    private static async Task<FairShare.Core.Digests.Sha256Digest> ProveAsync(PeerConnection peer, BackupId backup, PeerOrder order)
    {
        var answer = await GiveAsync(peer, backup, order);
        while (!answer.IsOver)
        {
            answer = await GiveAsync(peer, backup, order with { Said = answer.Record });
        }

        return peer.Read(answer.Record, RecordKind.IntegrityProof, backup).Members.Digest("root");
    }

    private static IntegrityProgress ProgressOf(ProofAnswer answer) =>
        IntegrityProgress.Read(BackupRecord.Parse(answer.Record, RecordKind.IntegrityProgress));

    private async Task<string> ForeignCodeAsync(BackupOwner owner, BackupId backup, IReadOnlyList<PatchedLeaf> leaves)
    {
        using var foreign = new KeyStore(workspace.At("foreign")).Create("somebody else's");
        return (await Assert.ThrowsAsync<FairShareProblem>(() => PatchScene.PatchAsync(owner.Connect("p1", foreign), backup, leaves))).Code;
    }
}
