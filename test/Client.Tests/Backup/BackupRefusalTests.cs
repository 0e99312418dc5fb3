using FairShare.Backup.Curve;
using FairShare.Backup.Orders;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Tests.Support;
using FairShare.Contracts.Backup;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Tests.Backup;

/// <summary>What is tried in vain: each has a code, and changes nothing.</summary>
[Collection(PeerFixture.Collection)]
public sealed class BackupRefusalTests(PeerFixture peers) : IDisposable
{
    private readonly Workspace workspace = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("too-few-peers", "p1,p2,p3", "-m", "4")]
    [InlineData("invalid-threshold", "p1,p2,p3", "-m", "1")]
    [InlineData("peer-named-twice", "p1,p2,p2", "-m", "2")]
    [InlineData("invalid-happy", "p1,p2,p3", "-m", "2", "--happy", "2")]
    [InlineData("invalid-liars", "p1,p2,p3", "-m", "2", "--liars", "2")]
    [InlineData("unknown-scheme", "p1,p2,p3", "--scheme", "raid")]
    [InlineData("unknown-peer", "p1,p2,nobody", "-m", "2")]
    public async Task Create_NumbersThatDoNotFit_IsRefused(string code, string names, params string[] options)
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", "p1", "p2", "p3");
        var failure = await owner.FailAsync(ExitCode.Usage, ["backup", "create", Note(), "--peers", names, .. options]);
        Assert.Equal(code, failure["error"]!.ToString());
        Assert.Empty(owner.Folder.Backups);
    }

    [Fact]
    public async Task Create_OnePeerFailsMeanwhile_TakesBackWhatWasStored()
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", "p1", "p2", "small");
        var before = await AllObjectsAsync();
        // What cannot be compressed is more than the small one has room for.
        var failure = await owner.FailAsync(ExitCode.Refused, "backup", "create", workspace.MakeFile("large.bin", 400_000), "-m", "2");
        Assert.Equal("too-few-peers", failure["error"]!.ToString());
        Assert.Contains("no-room", failure["message"]!.ToString());
        Assert.Equal(before, await AllObjectsAsync());
    }

    [Fact]
    public async Task Create_PeerThatAdmitsNobody_IsRefused()
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", "p1", "p2", "closed");
        var failure = await owner.FailAsync(ExitCode.Refused, "backup", "create", Note(), "-m", "2");
        Assert.Contains("not-a-member", failure["message"]!.ToString());
    }

    [Fact]
    public async Task Create_PeerOfAnotherKey_SaysSo()
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", "p1", "p2", "p6");
        await peers.WipeAsync("p6");
        await peers.StartAsync("p6");
        var failure = await owner.FailAsync(ExitCode.NotVerified, "backup", "create", Note(), "-m", "2");
        Assert.Equal("peer-key-changed", failure["error"]!.ToString());
        var added = await owner.FailAsync(ExitCode.NotVerified, "peer", "add", "p6", peers.UrlOf("p6"));
        Assert.Equal("peer-key-changed", added["error"]!.ToString());
    }

    [Fact]
    public async Task Restore_OverWhatIsThere_IsRefused()
    {
        var (owner, backup) = await CreateAsync();
        Directory.CreateDirectory(workspace.At("out"));
        await File.WriteAllTextAsync(workspace.At("out", "note.bin"), "mine", Stop);
        var failure = await owner.FailAsync(ExitCode.LocalFile, "backup", "restore", backup.ToString(), "--out", workspace.At("out"));
        Assert.Equal("archive-target-exists", failure["error"]!.ToString());
        Assert.Equal("mine", await File.ReadAllTextAsync(workspace.At("out", "note.bin"), Stop));
    }

    [Fact]
    public async Task Order_GivenTwice_IsFollowedOnce()
    {
        var (owner, backup) = await CreateAsync();
        using var key = owner.OpenKey();
        var peer = owner.Connect("p1", key);
        var order = await SignAsync(peer, backup);
        await peer.GiveAsync(PeerRoutes.ReleaseShare, backup, order, Stop);
        Assert.Equal("order-followed", await CodeAsync(peer, backup, order));
    }

    [Fact]
    public async Task Order_ThatIsNotThisPeersOrThisCallsOrThisOwners_IsRefused()
    {
        var (owner, backup) = await CreateAsync();
        using var key = owner.OpenKey();
        var peer = owner.Connect("p1", key);
        var order = await SignAsync(peer, backup);
        Assert.Equal("order-content-differs", await CodeAsync(peer, backup, order with { Content = """{"recipient":"A"}""" }));
        Assert.Equal("order-for-another-peer", await CodeAsync(owner.Connect("p2", key), backup, order));
        Assert.Equal("order-for-another-backup", await CodeAsync(peer, BackupId.New(new SystemRandomness()), order));
        var deletion = await peer.SignAsync(PeerRoutes.DeleteShare, backup, new NothingMore(), BackupOrder.Validity, Stop);
        Assert.Equal("order-for-another-action", await CodeAsync(peer, backup, deletion));
        var expired = await SignAsync(peer, backup, TimeSpan.FromSeconds(-1));
        Assert.Equal("order-expired", await CodeAsync(peer, backup, expired));
        Assert.Equal("order-too-long", await CodeAsync(peer, backup, await SignAsync(peer, backup, TimeSpan.FromMinutes(6))));

        using var foreign = new KeyStore(workspace.At("foreign")).Create("somebody else's");
        Assert.Equal("not-an-owner", await CodeAsync(peer, backup, await SignAsync(owner.Connect("p1", foreign), backup)));
        Assert.Equal("unknown-key", await CodeAsync(peer, backup, order with { Key = foreign.PublicKey.ToJwk() }));
        var cut = order with { Order = order.Order[..^3] + "AAA" };
        Assert.Contains(await CodeAsync(peer, backup, cut), new[] { "bad-signature", "malformed-jws" });
    }

    [Fact]
    public async Task Share_CutOrSwappedOrOfAnotherEpoch_IsRefused()
    {
        var (owner, backup) = await CreateAsync();
        using var key = owner.OpenKey();
        var (first, second) = (owner.Connect("p1", key), owner.Connect("p2", key));
        var manifest = await File.ReadAllTextAsync(Path.Combine(owner.Folder.FolderOf(backup), "manifest.jws"), Stop);
        foreach (var share in new[] { "", "AAAA", "not base64url!" })
        {
            Assert.Equal("bad-share", await ConfirmAsync(first, backup, new ShareStatement(manifest, Share: share)));
        }

        // Sealed for the peer as it must be; but not what the commitments say, or another's, or of another epoch.
        foreach (var (index, epoch) in new[] { (1, 0u), (2, 0u), (1, 1u) })
        {
            var wrong = new KeyShareFile(backup, epoch, new SecretShare(index, Scalar.Of(1), Scalar.Of(2))).ToBytes();
            var sealedShare = AgreementKey.Seal(
                Agreement(first),
                wrong,
                KeyShareFile.ContextOf(backup, epoch, index),
                new SystemRandomness()
            );
            Assert.Equal(
                "bad-share",
                await ConfirmAsync(first, backup, new ShareStatement(manifest, Share: Base64UrlText.Encode(sealedShare)))
            );
        }

        var numbers = new ShareStatement(manifest, Masked: ["AAAA", "AAAA"], Helpers: [2, 3]);
        Assert.Equal("bad-share", await ConfirmAsync(first, backup, numbers));
        Assert.Equal("bad-share", await ConfirmAsync(second, backup, numbers with { Epoch = 7 }));
        var (_, other) = await CreateAsync("another.bin");
        var foreign = await File.ReadAllTextAsync(Path.Combine(owner.Folder.FolderOf(other), "manifest.jws"), Stop);
        Assert.Equal("manifest-conflict", await ConfirmAsync(first, backup, new ShareStatement(foreign)));
    }

    [Fact]
    public async Task Patch_OfSomebodyElseOrToAnotherBody_ChangesNothing()
    {
        var (owner, backup) = await CreateAsync();
        using var key = owner.OpenKey();
        var peer = owner.Connect("p1", key);
        var before = await peers.ObjectsAsync("p1", backup.ToString());
        byte[] octets = [];
        await peers.ChangeAsync("p1", Assert.Single(before), content => octets = content);
        PatchRequest Leaf(int number, byte[] leaf) => new([new PatchedLeaf(number, Base64UrlText.Encode(leaf))]);

        // As long as it is, and another; too long; of no such number; twice; none.
        Assert.Equal("share-body-differs", await PatchAsync(peer, backup, Leaf(0, new byte[octets.Length])));
        Assert.Equal("share-body-differs", await PatchAsync(peer, backup, Leaf(0, [.. octets, 0])));
        Assert.Equal("share-body-differs", await PatchAsync(peer, backup, Leaf(1, octets)));
        Assert.Equal("share-body-differs", await PatchAsync(peer, backup, Leaf(-1, octets)));
        Assert.Equal("share-body-differs", await PatchAsync(peer, backup, new PatchRequest([])));
        var twice = Leaf(0, octets).Leaves[0];
        Assert.Equal("share-body-differs", await PatchAsync(peer, backup, new PatchRequest([twice, twice])));
        using var foreign = new KeyStore(workspace.At("foreign")).Create("somebody else's");
        Assert.Equal("not-an-owner", await PatchAsync(owner.Connect("p1", foreign), backup, Leaf(0, octets)));
        Assert.Equal(before, await peers.ObjectsAsync("p1", backup.ToString()));
        Assert.True((bool)(await owner.RunAsync("backup", "check", backup.ToString(), "--deep"))["good"]!);

        // The right leaf is taken, whether or not it was wrong.
        var answer = await peer.OrderAsync(PeerRoutes.PatchShare, backup, Leaf(0, octets), Stop);
        Assert.Equal(1, StorageReceipt.Read(peer.Read(answer.Record!, RecordKind.StorageReceipt, backup)).Index);
        Assert.NotEqual(before, await peers.ObjectsAsync("p1", backup.ToString()));
        Assert.True((bool)(await owner.RunAsync("backup", "check", backup.ToString(), "--deep"))["good"]!);
    }

    [Fact]
    public async Task Manifest_OfAChangeThatCameSecond_IsAConflict()
    {
        var (owner, backup) = await CreateAsync();
        using var key = owner.OpenKey();
        var text = await File.ReadAllTextAsync(Path.Combine(owner.Folder.FolderOf(backup), "manifest.jws"), Stop);
        var standing = BackupRecord.Parse(text, RecordKind.BackupManifest);
        var (one, two) = (await ChangeAsync(standing, key, 1), await ChangeAsync(standing, key, 2));
        var peer = owner.Connect("p1", key);
        await TakeAsync(peer, backup, one.Text);
        Assert.Equal("manifest-conflict", await TakeCodeAsync(peer, backup, two.Text));
        Assert.Equal("manifest-conflict", await TakeCodeAsync(peer, backup, text));
        Assert.Equal(one.Text, (await TakeAsync(peer, backup, null)).Manifest);
    }

    internal static async Task<BackupRecord> ChangeAsync(BackupRecord standing, LocalSigner key, int seed)
    {
        var before = BackupManifest.Read(standing);
        var other = KeyId.Parse(FairShare.Core.Digests.Sha256Digest.Of([(byte)seed]).ToString());
        var next = before with { Sequence = 2, Previous = standing.Hash, Owners = [.. before.Owners, other] };
        return await BackupRecord.SignAsync(RecordKind.BackupManifest, next.ToMembers(standing.Members.Gen), key, Stop);
    }

    internal static Task<ManifestAnswer> TakeAsync(PeerConnection peer, BackupId backup, string? manifest) =>
        peer.OrderAsync(PeerRoutes.TakeManifest, backup, new ManifestRequest(manifest), Stop);

    private static async Task<string> TakeCodeAsync(PeerConnection peer, BackupId backup, string manifest) =>
        (await Assert.ThrowsAsync<FairShareProblem>(() => TakeAsync(peer, backup, manifest))).Code;

    private static async Task<string> ConfirmAsync(PeerConnection peer, BackupId backup, ShareStatement statement) =>
        (await Assert.ThrowsAsync<FairShareProblem>(() => peer.OrderAsync(PeerRoutes.ConfirmShare, backup, statement, Stop))).Code;

    private static async Task<string> PatchAsync(PeerConnection peer, BackupId backup, PatchRequest patch) =>
        (await Assert.ThrowsAsync<FairShareProblem>(() => peer.OrderAsync(PeerRoutes.PatchShare, backup, patch, Stop))).Code;

    private static Task<PeerOrder> SignAsync(PeerConnection peer, BackupId backup, TimeSpan? validity = null) =>
        peer.SignAsync(PeerRoutes.ReleaseShare, backup, new ReleaseRequest(), validity ?? BackupOrder.Validity, Stop);

    private static async Task<string> CodeAsync(PeerConnection peer, BackupId backup, PeerOrder order) =>
        (await Assert.ThrowsAsync<FairShareProblem>(() => peer.GiveAsync(PeerRoutes.ReleaseShare, backup, order, Stop))).Code;

    private async Task<(BackupOwner Owner, BackupId Backup)> CreateAsync(string name = "note.bin")
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", "p1", "p2", "p3");
        var created = await owner.RunAsync("backup", "create", workspace.MakeFile(name, 10_000), "-m", "2");
        return (owner, BackupId.Parse(created["backup"]!.ToString()));
    }

    private async Task<IReadOnlyList<string>> AllObjectsAsync() =>
        [.. await peers.ObjectsAsync("p1"), .. await peers.ObjectsAsync("p2"), .. await peers.ObjectsAsync("small")];

    private static byte[] Agreement(PeerConnection peer) =>
        Base64UrlText.TryDecode(peer.Peer.Agreement, out var point) ? point : throw new InvalidDataException(peer.Peer.Agreement);

    private string Note() => workspace.MakeFile("note.bin", 10_000);
}
