using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;
using TemplateHost.Testing;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>
/// A transfer that stops says what stands, and goes on without a second receipt: by the built command, against <c>up</c>.
/// </summary>
public sealed class GoOnTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private const int Size = 6 << 20;
    private const int Half = 3 << 20;

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Get_InterruptedTwiceAndWithAFullDisk_IsOneExchangeWithOneReceipt()
    {
        using var disk = SmallDisk.Mount("16m");
        Assert.SkipWhen(disk is null, "No disk can be mounted here: that takes root, and Linux.");
        var source = workspace.MakeFile("contract.bin", Size);
        var document = await up.DepositAsync(source);

        var first = await InterruptAsync(disk!.Folder, "get", document, "--out", disk.Folder, "--yes");
        var second = await InterruptAsync(disk.Folder, [.. CommandOf(first)]);
        var full = await FillAsync(disk, [.. CommandOf(second)]);
        var last = await up.Bob.RunAsync([.. CommandOf(full), "--json"]);

        Assert.Equal(await File.ReadAllBytesAsync(source, Stop), await File.ReadAllBytesAsync(last.Answer["path"]!.ToString(), Stop));
        var exchange = Assert.Single(await ExchangesAsync(up.Bob, document));
        Assert.Equal(last.Answer["exchangeId"]!.ToString(), exchange["exchangeId"]!.ToString());
        Assert.Single(
            (await up.Alice.RunAsync("inbox", "--json")).Answer["messages"]!.AsArray(),
            message => message!["fileId"]!.ToString() == document
        );
        Assert.Single(Directory.EnumerateFiles(disk.Folder, "*.bin"));
        Assert.Empty(Directory.EnumerateFiles(disk.Folder, ".fairshare-*"));
    }

    [Fact]
    public async Task Get_ConnectionLost_SaysWhatStandsAndGoesOn()
    {
        var document = await DepositAsync();
        await using var proxy = await StallingProxy.StartAsync(Half);
        var running = up.Bob.With("http_proxy", proxy.Url).Start("get", document, "--out", workspace.At("out"), "--yes");
        await proxy.Stalled.WaitAsync(Stop);
        await proxy.CutAsync();

        var run = (await BuiltCommand.EndAsync(running)).Require(ExitCode.Unreachable, "unreachable");

        Assert.Contains("You have given your receipt; the document is yours.", run.Error, StringComparison.Ordinal);
        _ = (await up.Bob.RunAsync([.. CommandOf(run), "--json"])).Answer;
        Assert.Single(await ExchangesAsync(up.Bob, document));
    }

    [Fact]
    public async Task Get_OnASecondComputer_FetchesWhatItLacksAndSignsNothing()
    {
        var document = await DepositAsync();
        var first = (await up.Bob.RunAsync("get", document, "--out", workspace.At("out"), "--yes", "--json")).Answer;
        var other = up.Bob.With("FAIRSHARE_HOME", workspace.At("other"));
        _ = (await other.RunAsync("login", "--email", up.BobsAddress, "--service", up.Url, "--json")).Answer;

        var again = (await other.RunAsync("get", document, "--out", workspace.At("elsewhere"), "--json")).Answer;

        Assert.Equal(first["exchangeId"]!.ToString(), again["exchangeId"]!.ToString());
        Assert.Equal(
            await File.ReadAllBytesAsync(first["path"]!.ToString(), Stop),
            await File.ReadAllBytesAsync(again["path"]!.ToString(), Stop)
        );
        Assert.Single(await ExchangesAsync(other, document));
    }

    [Fact]
    public async Task Get_OpenedOnAnotherComputer_GoesOnWithThatExchange()
    {
        var document = await DepositAsync();
        var opened = (await up.Bob.RunAsync("get", document, "--no-sign", "--json")).Answer;
        var other = up.Bob.With("FAIRSHARE_HOME", workspace.At("other"));
        _ = (await other.RunAsync("login", "--email", up.BobsAddress, "--service", up.Url, "--json")).Answer;

        var got = (await other.RunAsync("get", document, "--out", workspace.At("out"), "--yes", "--json")).Answer;

        Assert.Equal(opened["exchangeId"]!.ToString(), got["exchangeId"]!.ToString());
    }

    [Fact]
    public async Task Get_AfterOneThatFailed_UsesTheExchangeThatItOpened()
    {
        var document = await DepositAsync();
        var failed = await up.Bob.RunAsync("get", document, "--yes", "--digest", new string('A', 43));
        failed.Require(ExitCode.NotVerified, "digest-not-disclosed");
        var open = Assert.Single(await ExchangesAsync(up.Bob, document));
        Assert.Contains(open["exchangeId"]!.ToString(), failed.Error, StringComparison.Ordinal);
        Assert.Equal("AwaitingReceipt", open["state"]!.ToString());

        var got = (await up.Bob.RunAsync("get", document, "--out", workspace.At("out"), "--yes", "--json")).Answer;

        Assert.Equal(open["exchangeId"]!.ToString(), got["exchangeId"]!.ToString());
    }

    [Fact]
    public async Task Get_WhatWasReceived_SaysSoAndSignsAgainOnlyWhenTold()
    {
        var document = await DepositAsync();
        var first = (await up.Bob.RunAsync("get", document, "--out", workspace.At("out"), "--yes", "--json")).Answer;
        var there = await up.Bob.RunAsync("get", document, "--out", workspace.At("out"));
        Assert.True(there.ExitCode == 0, there.Error);
        Assert.StartsWith("You have it already", there.Output, StringComparison.Ordinal);
        Assert.Single(await ExchangesAsync(up.Bob, document));

        var again = (await up.Bob.RunAsync("get", document, "--out", workspace.At("more"), "--yes", "--again", "--json")).Answer;

        Assert.NotEqual(first["exchangeId"]!.ToString(), again["exchangeId"]!.ToString());
        Assert.Equal(2, (await ExchangesAsync(up.Bob, document)).Count);
    }

    [Theory]
    [InlineData("yes\n", "Completed")]
    [InlineData("maybe\nN\n", "AwaitingReceipt")]
    [InlineData("decline\n", "Declined")]
    [InlineData("\u0004", "AwaitingReceipt")]
    public async Task Get_OnATerminal_ShowsTheReceiptAndAsks(string typed, string state)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "script, which gives a terminal, is used as it is on Linux.");
        var document = await DepositAsync();

        var run = await up.Bob.AnswerOnTerminalAsync("[yes/no/decline] ", typed, "get", document, "--out", workspace.At("out"));

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("Your receipt will say that you received", run.Output, StringComparison.Ordinal);
        Assert.Contains("contract.bin", run.Output, StringComparison.Ordinal);
        Assert.Equal(state, Assert.Single(await ExchangesAsync(up.Bob, document))["state"]!.ToString());
        Assert.Equal(
            state == "AwaitingReceipt",
            run.Output.Contains($"--out {workspace.At("out")}, or fairshare decline", StringComparison.Ordinal)
        );
        Assert.Equal(state == "Completed", File.Exists(workspace.At("out", "contract.bin")));
    }

    [Fact]
    public async Task List_TenAtOnceWithAnExpiredSession_AllSucceed()
    {
        var session = Path.Combine(up.Bob.Home, "session.json");
        var expired = JsonNode.Parse(await File.ReadAllTextAsync(session, Stop))!;
        expired["expires"] = "2020-01-01T00:00:00.000Z";
        await File.WriteAllTextAsync(session, expired.ToJsonString(), Stop);

        var runs = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => up.Bob.RunAsync("list")));

        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Error));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(up.Bob.Home),
            file => Path.GetFileName(file).StartsWith("session.json.", StringComparison.Ordinal)
        );
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<string> DepositAsync() => up.DepositAsync(workspace.MakeFile("contract.bin", Size));

    private static async Task<List<JsonNode>> ExchangesAsync(BuiltCommand person, string document) =>
        [
            .. (await person.RunAsync("exchanges", "--json")).Answer["exchanges"]!
                .AsArray()
                .OfType<JsonNode>()
                .Where(exchange => exchange["fileId"]!.ToString() == document),
        ];

    /// <summary>The command that a failure names, as its arguments.</summary>
    private static string[] CommandOf(CommandRun run) =>
        run.Error.TrimEnd()[(run.Error.IndexOf("fairshare get", StringComparison.Ordinal) + 10)..].Split(' ');

    private async Task<CommandRun> InterruptAsync(string folder, params string[] arguments)
    {
        await using var proxy = await StallingProxy.StartAsync(1 << 20);
        var before = LengthOfPart(folder);
        var running = up.Bob.With("http_proxy", proxy.Url).Start(arguments);
        await proxy.Stalled.WaitAsync(Stop);
        while (LengthOfPart(folder) == before)
        {
            await Task.Delay(20, Stop);
        }

        BuiltCommand.Signal(running, "INT");
        var run = (await BuiltCommand.EndAsync(running)).Require(ExitCode.Interrupted, "interrupted");
        Assert.Contains("You have given your receipt; the document is yours.", run.Error, StringComparison.Ordinal);
        return run;
    }

    private async Task<CommandRun> FillAsync(SmallDisk disk, params string[] arguments)
    {
        await using var proxy = await StallingProxy.StartAsync(1 << 20);
        var running = up.Bob.With("http_proxy", proxy.Url).Start(arguments);
        await proxy.Stalled.WaitAsync(Stop);
        var others = Path.Combine(disk.Folder, "others");
        Assert.ThrowsAny<IOException>(() => File.WriteAllBytes(others, new byte[16 << 20]));
        proxy.Release();
        var run = (await BuiltCommand.EndAsync(running)).Require(ExitCode.LocalFile, "disk-full");
        File.Delete(others);
        Assert.Contains("You have given your receipt; the document is yours.", run.Error, StringComparison.Ordinal);
        return run;
    }

    private static long LengthOfPart(string folder) =>
        Directory.EnumerateFiles(folder, ".fairshare-*").Select(path => new FileInfo(path).Length).FirstOrDefault();
}
