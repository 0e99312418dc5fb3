using FairShare.Backup.Records;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Backup;

/// <summary>A peer that signs a release which is none: it is named, and the others restore.</summary>
[Collection(PeerFixture.Collection)]
public sealed class BackupReleaseTests(PeerFixture peers) : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("commitments")]
    [InlineData("share")]
    [InlineData("index")]
    public async Task Restore_AReleaseWithAMemberThatIsNone_IsNotTaken(string member)
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", "p1", "p2", "p3", "p4", "p5");
        var file = workspace.MakeFile("note.bin", 20_000);
        var backup = (await owner.RunAsync("backup", "create", file, "-m", "3"))["backup"]!.ToString();
        await using var liar = await FalsePeer.StandBeforeAsync(peers, owner, "p2");
        liar.Answers = async answer =>
        {
            if (answer.Action == "releases")
            {
                var members = BackupRecord.Parse(answer.Value["record"]!.ToString(), RecordKind.ShareRelease).Members;
                members = member == "index" ? members.With(member, 1L << 40) : members.With(member, "none");
                answer.Value["record"] = await peers.SealAsync("p2", RecordKind.ShareRelease, members);
            }

            return answer.Value;
        };

        var restored = await owner.RunAsync("backup", "restore", backup, "--out", workspace.At("out"));

        Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(workspace.At("out", "note.bin"))));
        var failed = Assert.Single(restored["failed"]!.AsArray())!;
        Assert.Equal(("p2", "bad-answer"), (failed["peer"]!.ToString(), failed["code"]!.ToString()));
        await owner.RunAsync("backup", "delete", backup);
    }
}
