using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using FairShare.Client.Bundles;
using FairShare.Client.Tests.Support;
using FairShare.Log.Notes;
using FairShare.Timestamps.Tokens;

namespace FairShare.Client.Tests.Bundles;

/// <summary>The bundle of the demonstration, judged by both verifiers, openssl, and another reader of such logs.</summary>
public sealed class DemoBundleTests(DemoBundle demo) : IClassFixture<DemoBundle>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_ByTheCommand_SaysWhoAndByWhichAnchors()
    {
        var (exitCode, output) = await VerifyAsync();
        Assert.True(exitCode == 0, output);
        foreach (var what in new[] { "alice@example.com", "log.key", "release.logged", "stamp.key", "document.digest", "Verified" })
        {
            Assert.Contains(what, output, StringComparison.Ordinal);
        }

        // The key of a demonstration that this profile has not seen is nobody's word.
        var stranger = await demo.Command.With("FAIRSHARE_HOME", demo.Workspace.At("stranger")).RunAsync("verify", demo.Bundle);
        Assert.Equal(9, stranger.ExitCode);
    }

    [Fact]
    public async Task Verify_InJavaScript_SaysTheSame()
    {
        var (exitCode, output) = await VerifyAsync();
        var other = await NodeVerifier.RunCommandAsync(demo.Command.Home, demo.Bundle, "--document", demo.Document);
        Assert.SkipWhen(other is null, NodeVerifier.Missing);
        Assert.Equal((exitCode, output), (other.Value.ExitCode, other.Value.Output));
    }

    [Fact]
    public async Task Stamp_OfTheCheckpoint_IsVerifiedByOpenSsl()
    {
        var files = await demo.ReadAsync();
        var (stamp, key) = (files["log/checkpoint.tsr"], NoteKey.Parse(Encoding.UTF8.GetString(files["log/key"]).Trim()));
        var note = SignedNote.Parse(files["log/checkpoint"]);
        var stamped = new SignedNote(note.Text, [.. note.Signatures.Where(line => line.KeyId == key.Id)]);
        await File.WriteAllTextAsync(demo.Workspace.At("checkpoint"), stamped.ToString(), Stop);
        await File.WriteAllBytesAsync(demo.Workspace.At("stamp"), stamp, Stop);
        var certificate = PemEncoding.WriteString("CERTIFICATE", TimestampToken.ParseAnswer(stamp).Certificate.Der.Span);
        await File.WriteAllTextAsync(demo.Workspace.At("tsa.pem"), certificate, Stop);
        string[] verify = ["ts", "-verify", "-in", demo.Workspace.At("stamp"), "-CAfile", demo.Workspace.At("tsa.pem"), "-data"];
        var exitCode = await RunAsync("openssl", [.. verify, demo.Workspace.At("checkpoint")]);
        Assert.SkipWhen(exitCode is null, "openssl is not there to verify the stamp.");
        Assert.Equal(0, exitCode);
        Assert.NotEqual(0, await RunAsync("openssl", [.. verify, demo.Workspace.At("tsa.pem")]));
    }

    [Fact]
    public async Task Proofs_OfTheTokens_AreVerifiedBySigstore()
    {
        var modules = demo.Workspace.At("modules");
        Directory.CreateDirectory(modules);
        string[] install =
        [
            "install",
            "--prefix",
            modules,
            "--no-audit",
            "--no-fund",
            "--no-save",
            "--fetch-retries=0",
            "@sigstore/verify@3.1.1",
        ];
        Assert.SkipWhen(await RunAsync("npm", install) is not 0, "npm is not there, or cannot install @sigstore/verify.");
        var files = demo.Workspace.At("files");
        await demo.WriteFilesAsync(files);

        var (exitCode, output, error) = (await NodeVerifier.RunScriptAsync("sigstore-proofs.mjs", $"{modules}\n{files}\n"))!.Value;

        Assert.True(exitCode == 0, error);
        Assert.Equal(["nro", "challenge", "nrr", "release"], output.Trim().Split('\n').Select(line => line.Split(' ')[0]));
        // Of another token, the same proof proves nothing.
        File.Copy(Path.Combine(files, "log", "nro.tlog-proof"), Path.Combine(files, "log", "nrr.tlog-proof"), overwrite: true);
        Assert.NotEqual(0, (await NodeVerifier.RunScriptAsync("sigstore-proofs.mjs", $"{modules}\n{files}\n"))!.Value.ExitCode);
    }

    private async Task<(int ExitCode, string Output)> VerifyAsync()
    {
        var run = await demo.Command.RunAsync("verify", demo.Bundle, "--document", demo.Document);
        return (run.ExitCode, run.Output);
    }

    /// <returns>Null where there is no such program.</returns>
    private static async Task<int?> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return (await BuiltCommand.EndAsync(Process.Start(start)!)).ExitCode;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

/// <summary>The demonstration, run once, and its bundle.</summary>
public sealed class DemoBundle : IAsyncLifetime
{
    internal Workspace Workspace { get; } = new();

    internal BuiltCommand Command { get; private set; } = null!;

    /// <summary>The archive.</summary>
    public string Bundle => Workspace.At("out", "bundle.zip");

    /// <summary>The document that was exchanged.</summary>
    public string Document => Assert.Single(Directory.GetFiles(Workspace.At("out", "document")));

    public async ValueTask InitializeAsync()
    {
        Command = new BuiltCommand(Workspace.At("home"));
        var run = await Command.RunAsync("demo", "--out", Workspace.At("out"));
        Assert.True(run.ExitCode == 0, run.Error);
    }

    /// <summary>The files of the bundle.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> ReadAsync() =>
        BundleArchive.Read(await File.ReadAllBytesAsync(Bundle, TestContext.Current.CancellationToken));

    /// <summary>Unpacks the bundle.</summary>
    public async Task WriteFilesAsync(string folder)
    {
        foreach (var (path, content) in await ReadAsync())
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        return ValueTask.CompletedTask;
    }
}
