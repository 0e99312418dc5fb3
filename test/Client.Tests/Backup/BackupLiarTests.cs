using System.Text.Json.Nodes;
using FairShare.Backup.Curve;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Tests.Backup;

/// <summary>A peer that does not answer, or answers with something else: it is named, and the others go on without it.</summary>
[Collection(PeerFixture.Collection)]
public sealed class BackupLiarTests(PeerFixture peers) : IDisposable
{
    private const string Patience = "3600";

    private static readonly string[] Five = ["p1", "p2", "p3", "p4", "p5"];

    private readonly Workspace workspace = new();
    private readonly PatientTime time = new(TimeSpan.FromSeconds(3600));

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Commands_APeerThatNeverAnswers_IsNamedAndTheOthersGoOn()
    {
        var (owner, backup, file) = await CreateAsync();
        await using var silent = await FalsePeer.StandBeforeAsync(peers, owner, "p2");
        (silent.Holds, silent.Holding) = (_ => true, time.Hold);
        await DamageBodyAsync("p4", backup);

        RequireSilent((await RestoreAsync(owner, backup, file, "out"))["failed"]!.AsArray());
        var repaired = await owner.RunAsync("backup", "repair", backup, "--timeout", Patience);
        Assert.Equal("p4", Assert.Single(repaired["repaired"]!.AsArray())!["peer"]!.ToString());
        RequireSilent(repaired["failed"]!.AsArray());
        var (_, found) = await owner.AskAsync("backup", "check", backup, "--timeout", Patience);
        Assert.Equal("unreachable", Of(found, "p2")["failure"]!.ToString());
        Assert.True((bool)Of(found, "p4")["body"]!);
        var made = await owner.FailAsync(
            ExitCode.Refused,
            ["backup", "create", workspace.MakeFile("more.bin", 100), "-m", "3", "--timeout", Patience]
        );
        Assert.Contains("p2 did not answer within 3600 s.", made["message"]!.ToString());
        Assert.Equal(
            "p2",
            Assert.Single((await owner.RunAsync("backup", "delete", backup, "--timeout", Patience))["away"]!.AsArray())!.ToString()
        );
    }

    [Theory]
    [InlineData("bodyUrl")]
    [InlineData("treeUrl")]
    public async Task Commands_ABodyThatNeverComes_IsReadFromOthers(string url)
    {
        var (owner, backup, file) = await CreateAsync(4 << 20);
        await using var silent = await FalsePeer.StandBeforeAsync(peers, owner, "p2");
        var held = 0;
        silent.Holding = () =>
        {
            Interlocked.Increment(ref held);
            time.Hold();
        };
        silent.Answers = answer => Task.FromResult(With(answer.Value, url, answer.Value[url] is null ? null : silent.Url + "/held"));
        var restored = await RestoreAsync(owner, backup, file, "out");
        // A restore reads the three bodies that are open first, and hashes of all: which body comes last depends on the machine.
        Assert.True(held > 0 || url == "bodyUrl");
        Assert.Equal(held > 0, $"{restored["failed"]}{restored["wrongLeaves"]}".Contains("p2", StringComparison.Ordinal));
        var (_, found) = await owner.AskAsync("backup", "check", backup, "--timeout", Patience);
        Assert.Equal("unreachable", Of(found, "p2")["failure"]!.ToString());
        Assert.StartsWith("p2 did not answer within 36", Of(found, "p2")["detail"]!.ToString());
        await owner.RunAsync("backup", "delete", backup);
    }

    [Fact]
    public async Task Commands_AnAnswerOfAnotherBackup_IsNotTaken()
    {
        var (owner, backup, file) = await CreateAsync();
        await using var liar = await FalsePeer.StandBeforeAsync(peers, owner, "p2");
        var heard = new Dictionary<string, JsonObject>();
        liar.Answers = answer => Task.FromResult(heard[answer.Action] = answer.Value);
        var other = (await owner.RunAsync("backup", "create", workspace.MakeFile("other.bin", 20_000), "-m", "3"))["backup"]!.ToString();
        await owner.RunAsync("backup", "check", other, "--deep");

        liar.Answers = answer =>
            Task.FromResult(answer.Action is "releases" or "receipts" ? heard[answer.Action].DeepClone().AsObject() : answer.Value);
        var failed = Assert.Single((await RestoreAsync(owner, backup, file, "out"))["failed"]!.AsArray())!;
        Assert.Equal(("p2", "bad-answer"), (failed["peer"]!.ToString(), failed["code"]!.ToString()));
        var created = await owner.FailAsync(ExitCode.Refused, "backup", "create", workspace.MakeFile("third.bin", 20_000), "-m", "3");
        Assert.Equal("too-few-peers", created["error"]!.ToString());
        Assert.Contains("p2 answered with a StorageReceipt of another backup", created["message"]!.ToString());

        // The release is its own, and the address of the body is that of the other.
        liar.Answers = answer =>
            Task.FromResult(With(answer.Value, "bodyUrl", (heard.GetValueOrDefault(answer.Action) ?? answer.Value)["bodyUrl"]?.ToString()));
        failed = Assert.Single((await RestoreAsync(owner, backup, file, "again"))["failed"]!.AsArray())!;
        Assert.Equal(("p2", "bad-body"), (failed["peer"]!.ToString(), failed["code"]!.ToString()));
    }

    [Fact]
    public async Task Commands_AKeyShareThatIsNotWhatWasGiven_IsSetAsideNamedAndGivenBack()
    {
        var (owner, backup, file) = await CreateAsync();
        var other = SecretDealing.Deal(Scalar.Of(1), 3, 5, new SystemRandomness());
        var wrong = new PeerShares(0, other.Commitments, other.Shares[2]);
        await peers.ReplaceShareAsync("p3", BackupId.Parse(backup), wrong);
        Assert.Equal("p3", Assert.Single((await RestoreAsync(owner, backup, file, "out"))["badShares"]!.AsArray())!.ToString());
        var (_, found) = await owner.AskAsync("backup", "check", backup);
        Assert.False((bool)Of(found, "p3")["keyShare"]!);

        // One that helps sends something that it has not signed.
        await using var liar = await FalsePeer.StandBeforeAsync(peers, owner, "p1");
        liar.Answers = answer => Task.FromResult(answer.Action == "masks" ? With(answer.Value, "record", "e30.e30.e30") : answer.Value);
        var answer = await owner.RunAsync("backup", "repair", backup);
        var repaired = Assert.Single(answer["repaired"]!.AsArray())!;
        Assert.Equal(("p3", true), (repaired["peer"]!.ToString(), (bool)repaired["keyShare"]!));
        var named = Assert.Single(answer["unhelpful"]!.AsArray())!;
        Assert.Equal(("p1", "bad-answer"), (named["peer"]!.ToString(), named["code"]!.ToString()));
        Assert.True((bool)(await owner.RunAsync("backup", "check", backup))["good"]!);
    }

    [Fact]
    public async Task Check_AProofThatIsNotTrue_DoesNotHideTheDamage()
    {
        var (owner, backup, _) = await CreateAsync();
        await using var liar = await FalsePeer.StandBeforeAsync(peers, owner, "p2");
        JsonObject? good = null;
        liar.Answers = async answer =>
        {
            if (answer.Action != "proofs")
            {
                return answer.Value;
            }

            good ??= answer.Value.DeepClone().AsObject();
            var root = BackupRecord.Parse(good["record"]!.ToString(), RecordKind.IntegrityProof).Members.Digest("root");
            var said = BackupRecord.Parse(answer.Value["record"]!.ToString(), RecordKind.IntegrityProof).Members.With("root", root);
            return new JsonObject
            {
                ["record"] = await peers.SealAsync("p2", RecordKind.IntegrityProof, said),
                ["wrong"] = new JsonArray(),
            };
        };
        Assert.True((bool)(await owner.RunAsync("backup", "check", backup, "--deep"))["good"]!);
        await DamageBodyAsync("p2", backup);
        var (exitCode, found) = await owner.AskAsync("backup", "check", backup, "--deep");
        Assert.Equal((ExitCode.NotVerified, false), (exitCode, (bool)Of(found, "p2")["body"]!));

        // And one who says of a good body that it is none, under another's seal or without saying which leaf, is not believed.
        var repaired = await owner.RunAsync("backup", "repair", backup);
        Assert.Single(repaired["repaired"]!.AsArray());
        liar.Answers = async answer =>
            answer.Action == "proofs"
                ? new JsonObject
                {
                    ["record"] = await peers.SealAsync(
                        "p1",
                        RecordKind.IntegrityProof,
                        BackupRecord.Parse(answer.Value["record"]!.ToString(), RecordKind.IntegrityProof).Members
                    ),
                    ["wrong"] = new JsonArray(),
                }
                : answer.Value;
        (exitCode, found) = await owner.AskAsync("backup", "check", backup, "--deep");
        Assert.Equal((ExitCode.NotVerified, "bad-answer"), (exitCode, Of(found, "p2")["failure"]?.ToString()));
    }

    private static void RequireSilent(JsonArray failed)
    {
        var one = Assert.Single(failed, one => one!["peer"]!.ToString() == "p2")!;
        Assert.Equal(
            ("p2", "unreachable", "p2 did not answer within 3600 s."),
            (one["peer"]!.ToString(), one["code"]!.ToString(), one["detail"]!.ToString())
        );
    }

    private async Task<(BackupOwner Owner, string Backup, string File)> CreateAsync(int size = 20_000)
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", time, Five);
        var file = workspace.MakeFile("note.bin", size);
        return (owner, (await owner.RunAsync("backup", "create", file, "-m", "3"))["backup"]!.ToString(), file);
    }

    private async Task<JsonObject> RestoreAsync(BackupOwner owner, string backup, string file, string folder)
    {
        var restored = await owner.RunAsync("backup", "restore", backup, "--out", workspace.At(folder), "--timeout", Patience);
        Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(workspace.At(folder, "note.bin"))));
        return restored;
    }

    private async Task DamageBodyAsync(string peer, string backup)
    {
        var key = Assert.Single(await peers.ObjectsAsync(peer, backup), key => key.EndsWith("body", StringComparison.Ordinal));
        await peers.ChangeAsync(peer, key, octets => [.. octets[..^1], (byte)(octets[^1] ^ 1)]);
    }

    private static JsonNode Of(JsonObject health, string peer) =>
        Assert.Single(health["peers"]!.AsArray(), one => one!["peer"]?.ToString() == peer)!;

    private static JsonObject With(JsonObject answer, string name, string? value)
    {
        if (value is not null)
        {
            answer[name] = value;
        }

        return answer;
    }
}
