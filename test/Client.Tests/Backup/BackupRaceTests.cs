using System.Net;
using System.Security.Cryptography;
using FairShare.Backup.Integrity;
using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Http;
using FairShare.Client.Tests.Support;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Exchange;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Tests.Backup;

/// <summary>Orders about one backup that meet, or end in the middle: no body goes that has a receipt, none stays that is deleted.</summary>
[Collection(PeerFixture.Collection)]
public sealed class BackupRaceTests(PeerFixture peers) : IDisposable
{
    private const int SeveralParts = (8 << 20) + 100_000;

    private readonly Workspace workspace = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        peers.Relies = (_, _) => { };
        workspace.Dispose();
    }

    [Theory]
    [InlineData("PatchShare", "s3:PutObject")]
    [InlineData("RequestShareUpload", "dynamodb:PutItem")]
    public async Task Patch_FinishesWhileAnotherOrderHasReadWhatWas_KeepsTheBody(string other, string right)
    {
        var (scene, copy) = (new PatchScene(peers, workspace), await BeginAsync(SeveralParts));
        await PatchScene.PatchAsync(copy.Peer, copy.Backup, copy.Leaves);
        // It has read the item, and is about to send the last part, or to note its nonce.
        using var held = new HeldRight(peers, "p1", other, right);
        var second = Task.Run(() => TryAsync(() => GiveAsync(other, copy)), Stop);
        await held.Reached;
        Assert.NotNull((await PatchScene.PatchAsync(copy.Peer, copy.Backup, [])).Record);
        held.Dispose();
        // The upload is granted when it is asked for anew; there is nothing left to patch.
        Assert.Equal(other == "PatchShare" ? PeerProblems.WrongBody.Code : null, await second);
        var patched = await scene.BodyKeyAsync("p1", copy.Backup);
        Assert.NotEqual(copy.Body, patched);
        await peers.ChangeAsync(
            "p1",
            patched,
            octets => octets.AsSpan().SequenceEqual(copy.Right) ? octets : throw new InvalidDataException()
        );
        Assert.True((bool)(await copy.Owner.RunAsync("backup", "check", copy.Backup.ToString(), "--deep"))["good"]!);
    }

    [Fact]
    public async Task Patch_WhoseOctetsComeBehindADeletion_LeavesNothing()
    {
        var copy = await BeginAsync(300_000);
        using var held = new HeldRight(peers, "p1", "PatchShare", "s3:PutObject");
        var patch = Task.Run(() => TryAsync(() => PatchScene.PatchAsync(copy.Peer, copy.Backup, copy.Leaves)), Stop);
        await held.Reached;
        Assert.Equal("deleted", await DeleteAsync(copy.Peer, copy.Backup));
        held.Dispose();
        Assert.Equal(PeerProblems.BackupDeleted.Code, await patch);
        Assert.Empty(await peers.ObjectsAsync("p1", copy.Backup.ToString()));
    }

    [Fact]
    public async Task Patch_EndsBehindTheLastPart_IsFinishedByTheNext()
    {
        var copy = await BeginAsync(SeveralParts);
        await PatchScene.PatchAsync(copy.Peer, copy.Backup, copy.Leaves);
        peers.Relies = (name, use) =>
        {
            if (name == "p1" && use.Action == "s3:PutObject" && use.Resource.EndsWith("/tree", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("The peer ends here.");
            }
        };
        Assert.NotNull(await TryAsync(() => PatchScene.PatchAsync(copy.Peer, copy.Backup, [])));
        peers.Relies = (_, _) => { };
        Assert.NotNull((await PatchScene.PatchAsync(copy.Peer, copy.Backup, [])).Record);
        Assert.NotEqual(copy.Body, await new PatchScene(peers, workspace).BodyKeyAsync("p1", copy.Backup));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Delete_AnUploadThatWasSignedBeforeComesBehindIt_ErasesItTheNextTime(bool uploads)
    {
        var copy = await BeginAsync(100_000);
        var (backup, octets) = (BackupId.New(new SystemRandomness()), new byte[30_000]);
        var digest = new DigestView("sha-256", Base64UrlText.Encode(SHA256.HashData(octets)), null);
        var upload = new ShareUpload(1, octets.Length, true, digest);
        var way = (await copy.Peer.OrderAsync(PeerRoutes.RequestShareUpload, backup, upload, Stop)).Upload!;
        Assert.Equal("deleted", await DeleteAsync(copy.Peer, backup));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(way, octets));
        Assert.Single(await peers.ObjectsAsync("p1", backup.ToString()));
        if (uploads)
        {
            Assert.Equal(
                PeerProblems.BackupDeleted.Code,
                await TryAsync(() => copy.Peer.OrderAsync(PeerRoutes.RequestShareUpload, backup, upload, Stop))
            );
        }
        else
        {
            Assert.Equal("deleted", await DeleteAsync(copy.Peer, backup));
        }

        Assert.Empty(await peers.ObjectsAsync("p1", backup.ToString()));
    }

    private async Task<DamagedCopy> BeginAsync(int size)
    {
        var scene = new PatchScene(peers, workspace);
        var (owner, backup, key) = await scene.CreateAsync("sss", size);
        var body = await scene.BodyKeyAsync("p1", backup);
        byte[] right = [];
        await peers.ChangeAsync("p1", body, octets => right = octets);
        await peers.ChangeAsync("p1", body, PatchScene.Flip(ShareTree.LeafSize));
        return new(owner, owner.Connect("p1", key), backup, body, right, PatchScene.Leaves(right, 1));
    }

    private static Task GiveAsync(string action, DamagedCopy copy) =>
        action == "PatchShare"
            ? PatchScene.PatchAsync(copy.Peer, copy.Backup, [])
            : copy.Peer.OrderAsync(PeerRoutes.RequestShareUpload, copy.Backup, new ShareUpload(1, copy.Right.Length, true), Stop);

    private static async Task<string?> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (FairShareProblem refusal)
        {
            return refusal.Code;
        }
    }

    private static async Task<string> DeleteAsync(PeerConnection peer, BackupId backup)
    {
        var answer = await peer.OrderAsync(PeerRoutes.DeleteShare, backup, new NothingMore(), Stop);
        return peer.Read(answer.Record, RecordKind.DeletionReceipt, backup).Members.Text("state");
    }

    private static async Task<HttpStatusCode> PutAsync(UploadWay way, byte[] octets)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, way.Url) { Content = new ByteArrayContent(octets) };
        foreach (var (name, value) in way.Headers ?? new Dictionary<string, string>())
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return (await http.SendAsync(request, Stop)).StatusCode;
    }

    private sealed record DamagedCopy(
        BackupOwner Owner,
        PeerConnection Peer,
        BackupId Backup,
        string Body,
        byte[] Right,
        PatchedLeaf[] Leaves
    );
}
