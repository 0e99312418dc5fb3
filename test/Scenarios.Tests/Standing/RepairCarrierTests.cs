using System.Security.Cryptography;
using FairShare.Backup.Records;
using FairShare.Backup.Repair;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Contracts.Backup;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using Xunit;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>
/// What whoever carries a repair can do with it: carry it or not. Masks of his own, which would show him the helpers' shares, are not
/// added.
/// </summary>
[Collection(StandingWorld.Collection)]
public sealed class RepairCarrierTests(StandingWorld world)
{
    private static readonly IReadOnlyList<string> Helpers = ["p1", "p2", "p3"];
    private readonly SystemRandomness randomness = new();

    [Fact]
    public async Task Masks_SwappedReplayedOrLeftOut_AreNotAdded()
    {
        var (backup, other) = (await world.CreateAsync(), await world.CreateAsync());
        var help = await AskAsync(backup, "p5");
        var masks = await AskAllAsync(backup, RecordKind.ShareMasks, help);
        var elsewhere = await AskAllAsync(backup, RecordKind.ShareMasks, await AskAsync(backup, "p4"));
        var foreign = await AskAllAsync(other, RecordKind.ShareMasks, await AskAsync(other, "p5"));
        using var carrier = new LocalSigner(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var made = await MakeUpAsync(backup, help, carrier);
        var before = await OfferAsync("p1", backup);

        foreach (var swapped in new[] { made, Altered(masks[1]), elsewhere[1], foreign[1], masks[0], masks[2], help.Keys[1], "" })
        {
            Assert.Contains(
                "The masks of peer 2 are not signed",
                await RefusedAsync(backup, help with { Masks = [masks[0], swapped, masks[2]] })
            );
        }

        // Its own are no better known to a helper than those of others.
        Assert.Contains(
            "The masks of peer 1 are not signed",
            await RefusedAsync(backup, help with { Masks = [elsewhere[0], masks[1], masks[2]] })
        );
        Assert.Contains("the masks of each helper", await RefusedAsync(backup, help with { Masks = [masks[0], masks[2]] }));
        Assert.Contains("the masks of each helper", await RefusedAsync(backup, help with { Masks = [] }));

        // A key too few, and a seal that the manifest does not name.
        Assert.NotNull(await RefusedAsync(backup, help with { Masks = masks, Keys = [.. help.Keys.Take(3)] }));
        var peers = help.Peers.Select((key, index) => index == 1 ? carrier.PublicKey.ToJwk() : key);
        Assert.NotNull(await RefusedAsync(backup, help with { Masks = [masks[0], made, masks[2]], Peers = [.. peers] }));
        Assert.Equal(before, await OfferAsync("p1", backup));

        await RequireHelpedAsync(backup, help with { Masks = masks }, elsewhere[1]);

        // The same helpers, for the same peer, with keys of their own: what was dealt before is of another repair.
        var next = await AskAsync(backup, "p5");
        var again = await AskAllAsync(backup, RecordKind.ShareMasks, next);
        var replayed = next with { Masks = [again[0], masks[1], again[2]] };
        Assert.Contains("The masks of peer 2 are not signed", await RefusedAsync(backup, replayed));
    }

    // Else an honest helper would sign that honest others lie: what they dealt does not open for it any more.
    [Fact]
    public async Task Masks_ForAKeyThatTheHelperHasNoMore_AreRefusedAndNobodyIsAccused()
    {
        var backup = await world.CreateAsync();
        var help = await AskAsync(backup, "p5");
        var masks = await AskAllAsync(backup, RecordKind.ShareMasks, help);
        // Another repair runs at the same time and ends first: with it the helpers' keys go.
        var other = await AskAsync(backup, "p4");
        var elsewhere = await AskAllAsync(backup, RecordKind.ShareMasks, other);
        await AskAllAsync(backup, RecordKind.MaskedShare, other with { Masks = elsewhere });
        await OfferAsync("p1", backup);
        Assert.Contains("another key by now", await RefusedAsync(backup, help with { Masks = masks }));
    }

    // What the helpers give is taken as it is, and nothing else.
    private async Task RequireHelpedAsync(BackupId backup, HelpRequest help, string another)
    {
        var masked = await AskAllAsync(backup, RecordKind.MaskedShare, help);
        var manifest = (await world.RestoreAsync(backup)).Record.Text;
        var statement = new ShareStatement(
            manifest,
            Masked: masked,
            Helpers: help.Helpers,
            Peers: help.Peers,
            Keys: help.Keys,
            Masks: help.Masks
        );
        foreach (var swapped in new[] { another, Altered(masked[1]), masked[0], "" })
        {
            Assert.Contains(
                "What peer 2 gave is not signed",
                await UntakenAsync(backup, statement with { Masked = [masked[0], swapped, masked[2]] })
            );
        }

        Assert.Contains("missing", await UntakenAsync(backup, statement with { Masked = [masked[0], masked[1]] }));
        Assert.Contains("missing", await UntakenAsync(backup, statement with { Keys = [.. help.Keys.Take(3)] }));
        // Of other masks than the helpers have added nobody of them is to blame.
        var other = help.Masks!.Select((text, place) => place == 1 ? another : text);
        Assert.Contains("gave is not signed", await UntakenAsync(backup, statement with { Masks = [.. other] }));
        Assert.Contains("gave is not signed", await UntakenAsync(backup, statement with { Masks = [] }));
        var answer = await world.Peer("p5").OrderAsync(PeerRoutes.ConfirmShare, backup, statement, default);
        Assert.Equal(5, StorageReceipt.Read(world.Peer("p5").Read(answer.Record, RecordKind.StorageReceipt, backup)).Index);
        Assert.All((await world.RestoreAsync(backup)).Epochs().First(), one => Assert.True(one.Commitments.Hold(one.Share!)));
    }

    private async Task<HelpRequest> AskAsync(BackupId backup, string lost)
    {
        var keys = new List<string>();
        foreach (var name in Helpers.Append(lost))
        {
            keys.Add(await OfferTextAsync(name, backup));
        }

        return new HelpRequest(
            lost[1] - '0',
            0,
            [1, 2, 3],
            [.. StandingWorld.Names.Select(name => name == lost || Helpers.Contains(name) ? world.Peer(name).Peer.Key : "")],
            keys
        );
    }

    private async Task<List<string>> AskAllAsync(BackupId backup, RecordKind kind, HelpRequest help)
    {
        var records = new List<string>();
        foreach (var name in Helpers)
        {
            var answer = await world.Peer(name).OrderAsync(PeerRoutes.HelpPeer, backup, help, default);
            records.Add(world.Peer(name).Read(answer.Record, kind, backup).Text);
        }

        return records;
    }

    // All that peer 2 would say, sealed for the right keys, of masks that the carrier knows.
    private async Task<string> MakeUpAsync(BackupId backup, HelpRequest help, LocalSigner carrier)
    {
        var seals = help.Peers.Select(key => key.Length == 0 ? null : PublicKey.FromJwk(key));
        var repair = new SignedRepair(backup, 0, help.Lost, help.Helpers, [.. seals], help.Keys);
        Assert.Equal(4, repair.Keys.Count);
        var dealing = MaskDealing.Deal(help.Helpers, help.Lost, randomness);
        var masks = dealing.Masks.Select(mask =>
            new SealedNumbers(backup, 0, help.Lost).Seal(
                mask,
                2,
                mask.Index,
                repair.Keys.Single(key => key.Peer == mask.Index).Key.Span,
                randomness
            )
        );
        var members = repair.WriteMasks(2, dealing.Commitments, masks, Timestamp.Truncate(world.Time.GetUtcNow()));
        return (await BackupRecord.SignAsync(RecordKind.ShareMasks, members, carrier)).Text;
    }

    private static string Altered(string record)
    {
        var parts = record.Split('.');
        Assert.True(Base64UrlText.TryDecode(parts[2], out var signature));
        signature[^1] ^= 1;
        return $"{parts[0]}.{parts[1]}.{Base64UrlText.Encode(signature)}";
    }

    private async Task<string> OfferTextAsync(string name, BackupId backup) =>
        (await world.Peer(name).OrderAsync(PeerRoutes.OfferKey, backup, new RefreshProgress(0, []), default)).Record;

    private async Task<string> OfferAsync(string name, BackupId backup) =>
        BackupRecord.Parse(await OfferTextAsync(name, backup), RecordKind.EphemeralKey).Members.Text("key");

    private async Task<string> RefusedAsync(BackupId backup, HelpRequest help)
    {
        var problem = await Assert.ThrowsAsync<FairShareProblem>(() =>
            world.Peer("p1").OrderAsync(PeerRoutes.HelpPeer, backup, help, default)
        );
        Assert.Equal(PeerProblems.InvalidHelp.Code, problem.Code);
        return problem.Detail!;
    }

    private async Task<string> UntakenAsync(BackupId backup, ShareStatement statement)
    {
        var problem = await Assert.ThrowsAsync<FairShareProblem>(() =>
            world.Peer("p5").OrderAsync(PeerRoutes.ConfirmShare, backup, statement, default)
        );
        Assert.Equal(PeerProblems.BadShare.Code, problem.Code);
        return problem.Detail!;
    }
}
