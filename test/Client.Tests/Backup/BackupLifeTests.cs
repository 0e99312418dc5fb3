using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Backup;

/// <summary>A backup from its making to its deletion, by the commands and over HTTP.</summary>
[Collection(PeerFixture.Collection)]
public sealed class BackupLifeTests(PeerFixture peers) : IDisposable
{
    private static readonly string[] Five = ["p1", "p2", "p3", "p4", "p5"];

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    // The first is uploaded in parts.
    [Theory]
    [InlineData("ida", 30 << 20)]
    [InlineData("sss", 1 << 21)]
    public async Task Backup_TwoOfFiveLost_IsRestoredRepairedRefreshedAndDeleted(string scheme, int size)
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", PeerFixture.Names);
        var file = workspace.MakeFile("book.bin", size);
        var created = await owner.RunAsync("backup", "create", file, "--peers", "p1,p2,p3,p4,p5", "-m", "3", "--scheme", scheme);
        var backup = created["backup"]!.ToString();
        Assert.Equal(5, (int)created["receipts"]!);
        Assert.True(
            (bool)
                (await owner.RunAsync("backup", "verify", owner.Folder.FolderOf(FairShare.Backup.Records.BackupId.Parse(backup))))[
                    "verified"
                ]!
        );

        await LoseAsync("p2", "p3");
        await owner.RunAsync("backup", "restore", backup, "--out", workspace.At("lost"));
        await AssertSameAsync(file, workspace.At("lost", "book.bin"));
        var repaired = await owner.RunAsync("backup", "repair", backup, "--replace", "p2=p6", "--replace", "p3=p7");
        Assert.Equal((2, 5), (repaired["repaired"]!.AsArray().Count, (int)repaired["takers"]!));
        Assert.True((bool)(await owner.RunAsync("backup", "check", backup, "--deep"))["good"]!);

        var refreshed = await owner.RunAsync("backup", "refresh", backup);
        Assert.Equal((1, 5), ((int)refreshed["epoch"]!, (int)refreshed["applied"]!));
        await owner.RunAsync("backup", "restore", backup, "--out", workspace.At("refreshed"));
        await AssertSameAsync(file, workspace.At("refreshed", "book.bin"));
        Assert.Contains("refresh-too-soon", (await owner.FailAsync(ExitCode.Refused, "backup", "refresh", backup))["message"]!.ToString());

        Assert.True((bool)(await owner.RunAsync("backup", "delete", backup))["deleted"]!);
        foreach (var name in PeerFixture.Names)
        {
            Assert.Empty(await peers.ObjectsAsync(name, backup));
        }
    }

    [Fact]
    public async Task Delete_APeerAway_DeletesWhenItReturns()
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", Five);
        var backup = await CreateAsync(owner);
        await peers.StopAsync("p4");
        var deleted = await owner.RunAsync("backup", "delete", backup, "--timeout", "2");
        Assert.Equal("p4", Assert.Single(deleted["away"]!.AsArray())!.ToString());
        await peers.StartAsync("p4");
        Assert.NotEmpty(await peers.ObjectsAsync("p4", backup));
        Assert.Empty((await owner.RunAsync("backup", "delete", backup))["away"]!.AsArray());
        Assert.Empty(await peers.ObjectsAsync("p4", backup));
    }

    [Fact]
    public async Task Delete_FewerThanMustConfirm_IsIncomplete()
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", "p1", "p2", "p3");
        var backup = await CreateAsync(owner, "-m", "2");
        await peers.StopAsync("p1");
        await peers.StopAsync("p2");
        var failure = await owner.FailAsync(ExitCode.Refused, "backup", "delete", backup);
        await peers.StartAsync("p1");
        await peers.StartAsync("p2");
        Assert.Equal("delete-incomplete:1", failure["error"]!.ToString());
        Assert.True((bool)(await owner.RunAsync("backup", "delete", backup))["deleted"]!);
    }

    [Fact]
    public async Task Restore_FewerThanMAnswer_FailsAndLeavesNothing()
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", "p1", "p2", "p3");
        var backup = await CreateAsync(owner, "-m", "2");
        await peers.StopAsync("p1");
        await peers.StopAsync("p2");
        var failure = await owner.FailAsync(ExitCode.NotVerified, "backup", "restore", backup, "--out", workspace.At("out"));
        await peers.StartAsync("p1");
        await peers.StartAsync("p2");
        Assert.Equal("too-few-shares", failure["error"]!.ToString());
        Assert.False(Path.Exists(workspace.At("out")));
    }

    [Fact]
    public async Task Share_WithAnotherOwner_RestoresAndDeletesWithItsOwnKey()
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", Five);
        var backup = await CreateAsync(owner);
        var other = await BackupOwner.JoinAsync(peers, workspace, "other");
        var kid = (await other.RunAsync("backup", "owner"))["kid"]!.ToString();
        var stranger = await BackupOwner.JoinAsync(peers, workspace, "stranger", Five);
        await owner.RunAsync("backup", "share", backup, "--master", kid, "--out", workspace.At("shared.json"));
        await stranger.RunAsync("backup", "accept", workspace.At("shared.json"));
        var refused = await stranger.FailAsync(ExitCode.NotVerified, "backup", "restore", backup, "--out", workspace.At("stranger"));
        Assert.Contains("The backup has other owners.", refused["message"]!.ToString());

        await other.RunAsync("backup", "accept", workspace.At("shared.json"));
        await other.RunAsync("backup", "restore", backup, "--out", workspace.At("other"));
        await AssertSameAsync(workspace.At("note.bin"), workspace.At("other", "note.bin"));
        Assert.True((bool)(await other.RunAsync("backup", "delete", backup))["deleted"]!);
    }

    private async Task<string> CreateAsync(BackupOwner owner, params string[] options) =>
        (await owner.RunAsync(["backup", "create", workspace.MakeFile("note.bin", 200_000), .. options]))["backup"]!.ToString();

    private async Task LoseAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await peers.WipeAsync(name);
            await peers.StartAsync(name);
        }
    }

    private static async Task AssertSameAsync(string expected, string actual)
    {
        var stored = await File.ReadAllBytesAsync(expected, TestContext.Current.CancellationToken);
        var restored = await File.ReadAllBytesAsync(actual, TestContext.Current.CancellationToken);
        Assert.True(stored.AsSpan().SequenceEqual(restored), "What was restored differs.");
    }
}
