using System.Text.Json.Nodes;
using FairShare.Backup.Curve;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Repair;
using FairShare.Backup.Sharing;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;
using FairShare.Contracts.Backup;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Client.Tests.Backup;

/// <summary>Peers that are to help another and lie under their own seals: they are named, and the others give the share back.</summary>
[Collection(PeerFixture.Collection)]
public sealed class BackupHelperTests(PeerFixture peers) : IDisposable
{
    private readonly SystemRandomness randomness = new();
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("ida", "masks", "share")]
    [InlineData("sss", "accusation", "masks")]
    public async Task Repair_TwoOfSixHelpersLie_NamesThemAndGivesTheShareBack(string scheme, string one, string two)
    {
        var (owner, backup) = await CreateAsync(scheme, 4);
        await using var first = await LiarAsync(owner, "p1", one);
        await using var second = await LiarAsync(owner, "p2", two);
        var repaired = await owner.RunAsync("backup", "repair", backup);
        Assert.Equal("p7", Assert.Single(repaired["repaired"]!.AsArray())!["peer"]!.ToString());
        Assert.Equal(
            [("p1", "wrong-help"), ("p2", "wrong-help")],
            repaired["unhelpful"]!.AsArray().Select(peer => (peer!["peer"]!.ToString(), peer["code"]!.ToString())).Order()
        );
        Assert.True((bool)(await owner.RunAsync("backup", "check", backup))["good"]!);
    }

    [Fact]
    public async Task Repair_FewerThanMHelpTruly_SaysWhoDoesNotAndChangesNothing()
    {
        var (owner, backup) = await CreateAsync("ida", 6);
        await using var liar = await LiarAsync(owner, "p3", "share");
        var (exitCode, failed) = await owner.AskAsync("backup", "repair", backup);
        Assert.Equal(ExitCode.NotVerified, exitCode);
        var failure = Assert.Single(failed["failed"]!.AsArray())!;
        Assert.Equal(("p7", "too-few-shares"), (failure["peer"]!.ToString(), failure["code"]!.ToString()));
        Assert.Contains("p3: ", failure["detail"]!.ToString());
        Assert.Equal("p3", Assert.Single(failed["unhelpful"]!.AsArray())!["peer"]!.ToString());
    }

    // The last of seven has lost its share.
    private async Task<(BackupOwner Owner, string Backup)> CreateAsync(string scheme, int threshold)
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", PeerFixture.Names);
        string[] create = ["backup", "create", workspace.MakeFile("note.bin", 20_000), "--peers", string.Join(',', PeerFixture.Names)];
        var backup = (await owner.RunAsync([.. create, "-m", $"{threshold}", "--scheme", scheme]))["backup"]!.ToString();
        var other = SecretDealing.Deal(Scalar.Of(1), threshold, 7, randomness);
        await peers.ReplaceShareAsync("p7", BackupId.Parse(backup), new PeerShares(0, other.Commitments, other.Shares[6]));
        return (owner, backup);
    }

    private async Task<FalsePeer> LiarAsync(BackupOwner owner, string name, string lie)
    {
        var liar = await FalsePeer.StandBeforeAsync(peers, owner, name);
        liar.Answers = async answer =>
        {
            var kind = answer.Content["masks"] is null ? RecordKind.ShareMasks : RecordKind.MaskedShare;
            return answer.Action == "masks"
                ? (lie, kind) switch
                {
                    ("masks", RecordKind.ShareMasks) => await DealAsync(answer, name),
                    ("share", RecordKind.MaskedShare) => await SendAsync(answer, name),
                    ("accusation", RecordKind.MaskedShare) => await AccuseAsync(answer, name),
                    _ => answer.Value,
                }
                : answer.Value;
        };
        return liar;
    }

    // The last helper gets the mask of another polynomial.
    private Task<JsonObject> DealAsync(PeerAnswer answer, string name)
    {
        var said = BackupRecord.Parse(answer.Value["record"]!.ToString(), RecordKind.ShareMasks).Members;
        var (help, helper) = (HelpOf(answer), said.Count("helper"));
        var mask = MaskDealing.Deal(help.Helpers, help.Lost, randomness).Masks[^1];
        var text = new SealedNumbers(said.Backup, 0, help.Lost).Seal(mask, helper, mask.Index, KeyOf(said, help, mask.Index), randomness);
        return SealAsync(name, RecordKind.ShareMasks, said.With("masks", [.. said.Texts("masks").SkipLast(1), Base64UrlText.Encode(text)]));
    }

    // It opens, and is no share.
    private Task<JsonObject> SendAsync(PeerAnswer answer, string name)
    {
        var said = BackupRecord.Parse(answer.Value["record"]!.ToString(), RecordKind.MaskedShare).Members;
        var (help, helper) = (HelpOf(answer), said.Count("helper"));
        var wrong = new SecretShare(helper, Scalar.Random(randomness), Scalar.Random(randomness));
        var text = new SealedNumbers(said.Backup, 0, help.Lost).Seal(wrong, helper, help.Lost, KeyOf(said, help, help.Lost), randomness);
        return SealAsync(name, RecordKind.MaskedShare, said.With("share", text));
    }

    private Task<JsonObject> AccuseAsync(PeerAnswer answer, string name)
    {
        var said = BackupRecord.Parse(answer.Value["record"]!.ToString(), RecordKind.MaskedShare).Members;
        var (help, helper) = (HelpOf(answer), said.Count("helper"));
        var accused = help.Helpers.First(index => index != helper);
        var shown = new RevealedText(accused, CurvePoint.Generator.ToBytes(), new byte[LogarithmProof.Size]);
        return SealAsync(name, RecordKind.HelpAccusation, RepairOf(said, help).WriteAccusation(helper, help.Masks!, [shown], said.Gen));
    }

    private async Task<JsonObject> SealAsync(string name, RecordKind kind, RecordMembers members) =>
        new() { ["record"] = await peers.SealAsync(name, kind, members) };

    private static HelpRequest HelpOf(PeerAnswer answer)
    {
        IReadOnlyList<string> Texts(string name) => [.. answer.Content[name]?.AsArray().Select(text => text!.ToString()) ?? []];
        return new HelpRequest(
            (int)answer.Content["lost"]!,
            (long)answer.Content["epoch"]!,
            [.. answer.Content["helpers"]!.AsArray().Select(index => (int)index!)],
            Texts("peers"),
            Texts("keys"),
            Texts("masks")
        );
    }

    private static SignedRepair RepairOf(RecordMembers said, HelpRequest help) =>
        new(
            said.Backup,
            0,
            help.Lost,
            help.Helpers,
            [.. help.Peers.Select(key => key.Length == 0 ? null : PublicKey.FromJwk(key))],
            help.Keys
        );

    private static ReadOnlySpan<byte> KeyOf(RecordMembers said, HelpRequest help, int index) =>
        RepairOf(said, help).Keys.Single(key => key.Peer == index).Key.Span;
}
