using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Backup;
using FairShare.Client.Tests.Support;
using FairShare.Host;
using TemplateHost.Hosting;

namespace FairShare.Client.Tests.Cli;

/// <summary><c>backup standing</c> against real peers and a coordinator that carries anybody's orders.</summary>
[Collection(PeerFixture.Collection)]
public sealed class StandingCommandTests(PeerFixture peers) : IAsyncLifetime
{
    private static readonly string[] Five = ["p1", "p2", "p3", "p4", "p5"];

    private readonly Workspace workspace = new();
    private EmbeddedHost coordinator = null!;

    public async ValueTask InitializeAsync()
    {
        var template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, $"{CoordinatorHost.StackName}.template.json"));
        coordinator = await CoordinatorHost.StartAsync(new() { DataDirectory = workspace.At("coordinator") }, ["*"], template);
    }

    public async ValueTask DisposeAsync()
    {
        await coordinator.DisposeAsync();
        workspace.Dispose();
    }

    [Fact]
    public async Task Standing_GivenShownAndWithdrawn_SaysWhatPeersHaveSigned()
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", Five);
        Assert.Empty((await owner.RunAsync("backup", "standing", "show"))["answers"]!.AsArray());
        var backup = (await owner.RunAsync("backup", "create", workspace.MakeFile("note.bin", 200_000)))["backup"]!.ToString();
        var check = await GiveAsync(owner, "check", backup);
        Assert.Equal(5, (int)check["orders"]!);
        var refresh = await GiveAsync(owner, "refresh", backup);
        Assert.Equal(["good", "good", "good", "good", "good"], await OutcomesAsync(owner, check));
        Assert.All(await OutcomesAsync(owner, refresh), outcome => Assert.Equal("refreshed", outcome));

        var damaged = (await peers.ObjectsAsync("p3", backup)).Single(key => key.EndsWith("body", StringComparison.Ordinal));
        await peers.ChangeAsync("p3", damaged, body => [.. body.Select(one => (byte)~one)]);
        var again = await GiveAsync(owner, "check", backup);
        Assert.Equal("damaged", (await OutcomesAsync(owner, again, ExitCode.NotVerified))[2]);

        foreach (var work in new[] { check, refresh, again })
        {
            Assert.Equal("withdrawn", (await owner.RunAsync("backup", "standing", "withdraw", $"{work["work"]}"))["state"]!.ToString());
        }

        var unknown = await owner.FailAsync(ExitCode.Usage, "backup", "standing", "withdraw", $"{check["work"]}");
        Assert.Equal("unknown-work", unknown["error"]!.ToString());
    }

    [Fact]
    public async Task Standing_DeleteOfWhoWasAway_IsDone()
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", Five);
        var backup = (await owner.RunAsync("backup", "create", workspace.MakeFile("note.bin", 20_000)))["backup"]!.ToString();
        await peers.StopAsync("p2");
        await owner.RunAsync("backup", "delete", backup, "--timeout", "2");
        await peers.StartAsync("p2");
        var work = await GiveAsync(owner, "delete", backup);
        Assert.Equal(1, (int)work["orders"]!);
        Assert.Equal(["deleted"], await OutcomesAsync(owner, work));
        Assert.Empty(await peers.ObjectsAsync("p2", backup));
    }

    [Theory]
    [InlineData("prove", "1d", ExitCode.Usage, "usage")]
    [InlineData("check", "1y", ExitCode.Usage, "invalid-time")]
    [InlineData("check", "30m", ExitCode.Refused, "invalid-work")]
    public async Task Give_WhatIsNotCarried_IsRefusedAndNotesNothing(string what, string every, int exitCode, string code)
    {
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", "p1", "p2", "p3");
        var backup = (await owner.RunAsync("backup", "create", workspace.MakeFile("note.bin", 20_000), "-m", "2"))["backup"]!.ToString();
        var failure = await owner.FailAsync(
            exitCode,
            "backup",
            "standing",
            "give",
            what,
            backup,
            "--to",
            coordinator.ApiUrl,
            "--every",
            every
        );
        Assert.Equal(code, failure["error"]!.ToString());
        Assert.Empty((await owner.RunAsync("backup", "standing", "show"))["answers"]!.AsArray());
    }

    private Task<JsonObject> GiveAsync(BackupOwner owner, string what, string backup) =>
        owner.RunAsync("backup", "standing", "give", what, backup, "--to", coordinator.ApiUrl);

    /// <summary>What the peers said to some work, by index, once the first round is over.</summary>
    private static async Task<IReadOnlyList<string>> OutcomesAsync(BackupOwner owner, JsonObject work, int exitCode = ExitCode.Ok)
    {
        for (var attempt = 0; attempt < 12_000; attempt++)
        {
            var (code, answer) = await owner.AskAsync("backup", "standing", "show");
            var rows = answer["answers"]!.AsArray().Where(row => $"{row!["work"]}" == $"{work["work"]}").ToList();
            if (rows.All(row => $"{row!["outcome"]}" != "nothing"))
            {
                Assert.Equal(exitCode, code);
                return [.. rows.Select(row => $"{row!["outcome"]}")];
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("The peers were not asked.");
    }
}
