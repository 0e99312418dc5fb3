using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>What <c>evidence</c> writes verifies with a shell, openssl and coreutils alone, and only when it is true.</summary>
public sealed class ShellVerificationTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    private string Evidence => workspace.At("evidence");

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData(1000)]
    [InlineData((64 << 20) + 5)]
    public async Task Script_OfACompletedExchange_Holds(int size)
    {
        var (key, document) = await CompleteAsync("a} \"b\".bin", size);
        var (code, said) = await VerifyAsync(key, document);
        Assert.True(code == 0, said);
        Assert.Contains("ok    document.digest", said, StringComparison.Ordinal);
        Assert.Contains("ok    challenge.commitment", said, StringComparison.Ordinal);
        Assert.EndsWith($"What was checked holds: Completed, under the store key {key}.\n", said, StringComparison.Ordinal);

        await File.AppendAllTextAsync(document, "!", Stop);
        Assert.Contains("FAIL  document.digest", (await VerifyAsync(key, document)).Said, StringComparison.Ordinal);
        Assert.Equal(1, (await VerifyAsync(key, document)).Code);
    }

    [Fact]
    public async Task Script_OfChangedEvidence_Refuses()
    {
        var (key, _) = await CompleteAsync("contract.bin", 1000);
        Assert.Contains("FAIL  challenge.store-key", (await VerifyAsync(new string('A', 43))).Said, StringComparison.Ordinal);
        foreach (var token in new[] { "nro", "challenge", "nrr", "release" })
        {
            var path = Path.Combine(Evidence, $"{token}.jws");
            var kept = await File.ReadAllTextAsync(path, Stop);
            foreach (var dot in new[] { kept.LastIndexOf('.') - 5, kept.Length - 10 })
            {
                await File.WriteAllTextAsync(path, $"{kept[..dot]}{(kept[dot] == 'A' ? 'B' : 'A')}{kept[(dot + 1)..]}", Stop);
                var (code, said) = await VerifyAsync(key);
                Assert.True(code == 1 && said.Contains($"FAIL  {token}.signature", StringComparison.Ordinal), said);
            }

            await File.WriteAllTextAsync(path, kept, Stop);
        }

        Assert.Equal(0, (await VerifyAsync(key)).Code);
    }

    [Fact]
    public async Task Script_OfATokenFromAnotherExchange_Refuses()
    {
        var (key, _) = await CompleteAsync("contract.bin", 1000);
        var own = await File.ReadAllTextAsync(Path.Combine(Evidence, "nrr.jws"), Stop);
        Directory.Move(Evidence, workspace.At("first"));
        await CompleteAsync("other.bin", 1000);
        await File.WriteAllTextAsync(Path.Combine(Evidence, "nrr.jws"), own, Stop);

        var (code, said) = await VerifyAsync(key);

        Assert.Equal(1, code);
        Assert.Contains("ok    nrr.signature", said, StringComparison.Ordinal);
        Assert.Contains("FAIL  nrr.ref", said, StringComparison.Ordinal);
        Assert.Contains("FAIL  release.ref", said, StringComparison.Ordinal);
        Assert.NotEqual(0, (await up.Bob.RunAsync("verify", Evidence, "--store-key", key)).ExitCode);
    }

    [Fact]
    public async Task Evidence_PlaceThatIsTaken_IsRefusedAndLeftAsItIs()
    {
        _ = await CompleteAsync("contract.bin", 1000);
        var first = await File.ReadAllTextAsync(Path.Combine(Evidence, "challenge.jws"), Stop);
        var document = await up.DepositAsync(workspace.MakeFile("source", 100), "--name", "other.bin");
        var got = (await up.Bob.RunAsync("get", document, "--out", workspace.At("out"), "--yes", "--json")).Answer;
        string[] evidence = ["evidence", got["exchangeId"]!.ToString(), "--out"];
        var photos = workspace.MakeFile("photos.zip", 1000);
        var bytes = await File.ReadAllBytesAsync(photos, Stop);

        (await up.Bob.RunAsync([.. evidence, photos])).Require(ExitCode.LocalFile, "file-in-the-way");
        (await up.Bob.RunAsync([.. evidence, Evidence])).Require(ExitCode.LocalFile, "file-in-the-way");
        var proof = Path.Combine(Evidence, "challenge.jws");
        (await up.Bob.RunAsync("log", "proof", proof, "--out", photos)).Require(ExitCode.LocalFile, "file-in-the-way");

        Assert.Equal(bytes, await File.ReadAllBytesAsync(photos, Stop));
        Assert.Equal(first, await File.ReadAllTextAsync(proof, Stop));
        Assert.Equal(0, (await up.Bob.RunAsync([.. evidence, workspace.At("bundle.zip")])).ExitCode);
    }

    [Fact]
    public async Task Script_OfADeclinedExchange_Holds()
    {
        var key = await DeclineAsync();

        var (code, said) = await VerifyAsync(key);

        Assert.True(code == 0, said);
        Assert.Contains("ok    record.signature", said, StringComparison.Ordinal);
        Assert.Contains("ok    record.ref", said, StringComparison.Ordinal);
        // Of a document there is no digest to compare with, and that is no fault of the evidence.
        var (compared, note) = await VerifyAsync(key, workspace.At("source"));
        Assert.True(compared == 0 && note.Contains("The document cannot be compared", StringComparison.Ordinal), note);
        Assert.Equal(2, (await VerifyAsync(workspace.At("source"))).Code);
        Assert.Equal(2, (await VerifyAsync(key, workspace.At("nowhere"))).Code);
    }

    [Fact]
    public async Task Script_OfAReceiptWithoutARelease_Refuses()
    {
        var (key, _) = await CompleteAsync("contract.bin", 1000);
        File.Delete(Path.Combine(Evidence, "release.jws"));

        var (code, said) = await VerifyAsync(key);

        Assert.True(code == 1 && said.Contains("FAIL  exchange.form", StringComparison.Ordinal), said);
    }

    [Theory]
    [InlineData("refusal", "FAIL  record.ref")]
    [InlineData("record", "FAIL  exchange.form")]
    public async Task Script_OfADeclineWithoutOneOfItsTokens_Refuses(string missing, string expected)
    {
        var key = await DeclineAsync();
        File.Delete(Path.Combine(Evidence, $"{missing}.jws"));

        var (code, said) = await VerifyAsync(key);

        Assert.True(code == 1 && said.Contains(expected, StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task Script_OfTwoEndings_Refuses()
    {
        _ = await DeclineAsync();
        Directory.Move(Evidence, workspace.At("declined"));
        var (key, _) = await CompleteAsync("contract.bin", 1000);
        File.Copy(workspace.At("declined/refusal.jws"), Path.Combine(Evidence, "refusal.jws"));

        var (code, said) = await VerifyAsync(key);

        Assert.True(code == 1 && said.Contains("FAIL  exchange.ending", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task Script_OfJsonInAnotherForm_Refuses()
    {
        var (key, _) = await CompleteAsync("contract.bin", 1000);
        var path = Path.Combine(Evidence, "nrr.jws");
        var parts = (await File.ReadAllTextAsync(path, Stop)).Trim().Split('.');
        var spaced = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("\",\"", "\", \"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(spaced))}.{parts[2]}", Stop);

        var (code, said) = await VerifyAsync(key);

        Assert.True(code == 1 && said.Contains("FAIL  nrr.written", StringComparison.Ordinal), said);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<string> DeclineAsync()
    {
        var document = await up.DepositAsync(workspace.MakeFile("source", 100));
        var exchange = (await up.Bob.RunAsync("get", document, "--no-sign", "--again", "--json")).Answer["exchangeId"]!.ToString();
        _ = (await up.Bob.RunAsync("decline", exchange, "--json")).Answer;
        _ = (await up.Bob.RunAsync("evidence", exchange, "--out", Evidence, "--json")).Answer;
        return (await up.Bob.RunAsync("login", "--json")).Answer["storeKeys"]![0]!.ToString();
    }

    private async Task<(string Key, string Document)> CompleteAsync(string name, int size)
    {
        var document = await up.DepositAsync(workspace.MakeFile("source", size), "--name", name);
        var got = (
            await up.Bob.RunAsync("get", document, "--out", workspace.At($"out-{name.Length}"), "--yes", "--again", "--json")
        ).Answer;
        _ = (await up.Bob.RunAsync("evidence", got["exchangeId"]!.ToString(), "--out", Evidence, "--json")).Answer;
        return ((await up.Bob.RunAsync("login", "--json")).Answer["storeKeys"]![0]!.ToString(), got["path"]!.ToString());
    }

    private async Task<(int Code, string Said)> VerifyAsync(params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no POSIX shell.");
        var start = new ProcessStartInfo("sh", [Path.Combine(Evidence, "verify.sh"), .. arguments]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, said);
    }
}
