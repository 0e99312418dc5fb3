using System.Diagnostics;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;
using FairShare.Testing;

namespace FairShare.Client.Tests.Bundles;

/// <summary>A bundle whose checkpoint a witness cosigned, as the built commands make and judge it.</summary>
public sealed class WitnessedBundleTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Evidence_WithAWitness_ShowsThatOthersSawTheSameLog()
    {
        var (exchange, store, log) = await CompleteAsync();
        var (witness, address, key) = await StartWitnessAsync(log);
        var bundle = workspace.At("bundle.zip");
        string[] evidence = ["evidence", exchange, "--out", bundle, "--witness"];

        (await up.Bob.RunAsync([.. evidence, address])).Require(ExitCode.Usage, "usage");
        (await up.Bob.RunAsync("evidence", exchange, "--witness", address, "--witness-key", key)).Require(ExitCode.Usage, "usage");
        Assert.False(File.Exists(bundle));
        var written = await up.Bob.RunAsync([.. evidence, address, "--witness-key", key]);
        Assert.True(written.ExitCode == 0, written.Error);
        BuiltCommand.Signal(witness, "INT");
        _ = await BuiltCommand.EndAsync(witness);

        var verified = await up.Alice.RunAsync("verify", bundle, "--store-key", store, "--log-key", log, "--witness-key", key);
        Assert.True(verified.ExitCode == 0, verified.Output);
        Assert.Contains("ok    log.witness", verified.Output, StringComparison.Ordinal);
        Assert.Contains("The witness witness.example saw the same log at ", verified.Output, StringComparison.Ordinal);
        // Another witness did not.
        var other = (await up.Bob.RunAsync("witness", "--data", workspace.At("other"), "--show-key")).Output.Trim();
        Assert.Equal(3, (await up.Alice.RunAsync("verify", bundle, "--store-key", store, "--witness-key", other)).ExitCode);

        // The same bundle, and the folder of the other side, before a judge.
        _ = (await up.Alice.RunAsync("evidence", exchange, "--out", workspace.At("alice"), "--json")).Answer;
        var judged = await up.Alice.RunAsync("adjudicate", bundle, workspace.At("alice"), "--store-key", store, "--log-key", log);
        Assert.True(judged.ExitCode == 0, judged.Output + judged.Error);
        Assert.Contains(", and the log has it.", judged.Output, StringComparison.Ordinal);
        Assert.Contains("is the key of ", judged.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("AGAINST", judged.Output, StringComparison.Ordinal);
        (await up.Alice.RunAsync("adjudicate", workspace.MakeFile("x.zip", 100), "--store-key", store)).Require(
            ExitCode.LocalFile,
            "file-not-usable"
        );
    }

    [Fact]
    public async Task Evidence_WithAnAuthority_IsStampedByItAndBelievedByItsKey()
    {
        await using var authority = new OpenSslAuthority(workspace);
        Assert.SkipUnless(await authority.TryStartAsync(), "openssl is not there to be an authority.");
        var (exchange, store, log) = await CompleteAsync();
        var bundle = workspace.At("stamped.zip");
        string[] evidence = ["evidence", exchange, "--out", bundle, "--stamp-authority"];

        (await up.Bob.RunAsync([.. evidence, "nowhere"])).Require(ExitCode.Usage, "invalid-url");
        (await up.Bob.RunAsync("evidence", exchange, "--stamp-authority", authority.Address)).Require(ExitCode.Usage, "usage");
        Assert.NotEqual(0, (await up.Bob.RunAsync([.. evidence, authority.Address + "/elsewhere"])).ExitCode);
        Assert.False(File.Exists(bundle));
        var written = await up.Bob.RunAsync([.. evidence, authority.Address]);
        Assert.True(written.ExitCode == 0, written.Error);

        string[] anchors = ["--store-key", store, "--log-key", log, "--stamp-key"];
        var verified = await up.Alice.RunAsync(["verify", bundle, .. anchors, authority.KeyId]);
        Assert.True(verified.ExitCode == 0, verified.Output);
        Assert.Contains($"stamp.key             {authority.KeyId}, given with --stamp-key", verified.Output, StringComparison.Ordinal);
        Assert.Equal(3, (await up.Alice.RunAsync(["verify", bundle, .. anchors, store])).ExitCode);
        if (await NodeVerifier.VerifyAsync([bundle], new Anchors(store, log, null, authority.KeyId)) is { } other)
        {
            Assert.Equal((0, verified.Output), other[0]);
        }
    }

    /// <summary>An exchange whose tokens the log has, and the keys of store and log.</summary>
    private async Task<(string Exchange, string Store, string Log)> CompleteAsync()
    {
        var document = await up.DepositAsync(workspace.MakeFile("source", 100));
        var got = (await up.Bob.RunAsync("get", document, "--out", workspace.At("out"), "--yes", "--json")).Answer;
        var exchange = got["exchangeId"]!.ToString();
        _ = (await up.Bob.RunAsync("evidence", exchange, "--out", workspace.At("bob"), "--json")).Answer;
        using var http = new HttpClient();
        var described = JsonNode.Parse(await http.GetStringAsync(new Uri($"{up.Url}/.well-known/fairshare"), Stop))!;
        for (var attempt = 0; attempt < 2400; attempt++)
        {
            if ((await up.Bob.RunAsync("log", "proof", workspace.At("bob", "release.jws"))).ExitCode == 0)
            {
                return (exchange, described["keys"]![0]!["kid"]!.ToString(), described["log"]!["keys"]![0]!.ToString());
            }

            await Task.Delay(500, Stop);
        }

        throw new InvalidOperationException("The log never had the release.");
    }

    private async Task<(Process Process, string Address, string Key)> StartWitnessAsync(string log)
    {
        var port = $"{FreePort.Find()}";
        var process = up.Bob.Start("witness", "--data", workspace.At("witness"), "--log-key", log, "--port", port);
        var line = await process.StandardOutput.ReadLineAsync(Stop) ?? throw new InvalidOperationException("It did not start.");
        return (process, line.Split(" at ")[1], line.Split(" at ")[0]);
    }
}
