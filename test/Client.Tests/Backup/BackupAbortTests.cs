using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Backup;

/// <summary>A refresh that some have prepared and that cannot be finished any more: its owner gives it up, and nothing is lost.</summary>
[Collection(PeerFixture.Collection)]
public sealed class BackupAbortTests(PeerFixture peers) : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Abort_OfARefreshThatCannotBeFinished_LeavesTheOldSharesAndLetsTheNextSucceed()
    {
        var (owner, file, backup) = await CreateAsync();
        await using var fourth = await FalsePeer.StandBeforeAsync(peers, owner, "p4");
        await using var fifth = await FalsePeer.StandBeforeAsync(peers, owner, "p5");

        // Three of five prepare what all five have dealt; four must.
        fourth.Refuses = fifth.Refuses = action => action == "preparations";
        Assert.Equal("refresh-postponed", await RefreshInVainAsync(owner, backup));

        // Without the fifth's deal it is another transcript, and nobody prepares two.
        (fourth.Refuses, fifth.Refuses) = (_ => false, _ => true);
        Assert.Equal("refresh-postponed", await RefreshInVainAsync(owner, backup));
        await RestoreAsync(owner, backup, file, "prepared");

        Assert.Equal(4, (int)(await owner.RunAsync("backup", "refresh", backup, "--abort"))["aborted"]!);
        await RestoreAsync(owner, backup, file, "aborted");
        var refreshed = await owner.RunAsync("backup", "refresh", backup);
        Assert.Equal((1, 4), ((int)refreshed["epoch"]!, (int)refreshed["applied"]!));

        // Who was away has a share of the epoch that has ended, and is given the new one.
        fifth.Refuses = _ => false;
        var repaired = await owner.RunAsync("backup", "repair", backup);
        Assert.Equal("p5", Assert.Single(repaired["repaired"]!.AsArray())!["peer"]!.ToString());
        Assert.True((bool)(await owner.RunAsync("backup", "check", backup))["good"]!);
        await RestoreAsync(owner, backup, file, "refreshed");
        await owner.RunAsync("backup", "delete", backup);
    }

    [Fact]
    public async Task Refresh_ThatEndsBetweenTwoPeers_IsFinishedByTheNextAndNotGivenUp()
    {
        var (owner, file, backup) = await CreateAsync();
        await using var third = await FalsePeer.StandBeforeAsync(peers, owner, "p3");
        await using var fourth = await FalsePeer.StandBeforeAsync(peers, owner, "p4");
        await using var fifth = await FalsePeer.StandBeforeAsync(peers, owner, "p5");
        third.Refuses = fourth.Refuses = fifth.Refuses = action => action == "applications";
        Assert.Equal(2, (int)(await owner.RunAsync("backup", "refresh", backup))["applied"]!);
        await RestoreAsync(owner, backup, file, "between");

        // Two have erased their old shares: if the others gave up the new ones, no epoch would have more than m.
        var refused = await owner.FailAsync(ExitCode.Refused, "backup", "refresh", backup, "--abort");
        Assert.Equal("refresh-certified", refused["error"]!.ToString());
        third.Refuses = fourth.Refuses = fifth.Refuses = _ => false;
        var finished = await owner.RunAsync("backup", "refresh", backup);
        Assert.Equal((1, 3), ((int)finished["epoch"]!, (int)finished["applied"]!));
        Assert.True((bool)(await owner.RunAsync("backup", "check", backup))["good"]!);
        await RestoreAsync(owner, backup, file, "finished");
        await owner.RunAsync("backup", "delete", backup);
    }

    [Fact]
    public async Task Refresh_ThatAPeerFalselySaysItGaveUp_KeepsItsCertificate()
    {
        var (owner, file, backup) = await CreateAsync();
        await using var third = await FalsePeer.StandBeforeAsync(peers, owner, "p3");
        await using var fourth = await FalsePeer.StandBeforeAsync(peers, owner, "p4");
        await using var fifth = await FalsePeer.StandBeforeAsync(peers, owner, "p5");
        third.Refuses = fourth.Refuses = fifth.Refuses = action => action == "applications";
        Assert.Equal(2, (int)(await owner.RunAsync("backup", "refresh", backup))["applied"]!);

        // Two are away, and the third says what would have the certificate be forgotten.
        third.Refuses = fifth.Refuses = _ => true;
        fourth.Code = "refresh-given-up";
        Assert.Equal("refresh-postponed", await RefreshInVainAsync(owner, backup));
        var refused = await owner.FailAsync(ExitCode.Refused, "backup", "refresh", backup, "--abort");
        Assert.Equal("refresh-certified", refused["error"]!.ToString());

        third.Refuses = fourth.Refuses = fifth.Refuses = _ => false;
        Assert.Equal(3, (int)(await owner.RunAsync("backup", "refresh", backup))["applied"]!);
        await RestoreAsync(owner, backup, file, "finished");
        await owner.RunAsync("backup", "delete", backup);
    }

    private async Task<(BackupOwner Owner, string File, string Backup)> CreateAsync()
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", "p1", "p2", "p3", "p4", "p5");
        var file = workspace.MakeFile("note.bin", 20_000);
        var backup = (await owner.RunAsync("backup", "create", file, "-m", "3"))["backup"]!.ToString();
        return (owner, file, backup);
    }

    private static async Task<string> RefreshInVainAsync(BackupOwner owner, string backup) =>
        (await owner.FailAsync(ExitCode.Refused, "backup", "refresh", backup))["error"]!.ToString();

    private async Task RestoreAsync(BackupOwner owner, string backup, string file, string folder)
    {
        await owner.RunAsync("backup", "restore", backup, "--out", workspace.At(folder));
        Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(workspace.At(folder, "note.bin"))));
    }
}
