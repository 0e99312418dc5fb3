using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using FairShare.Client.Bundles;
using FairShare.Client.Tests.Support;
using FairShare.Log.Notes;
using FairShare.Timestamps.Tokens;

namespace FairShare.Client.Tests.Bundles;

/// <summary>The bundle of the demonstration, judged by everybody who can: both verifiers, and openssl.</summary>
public sealed class DemoBundleTests : IAsyncLifetime
{
    private readonly Workspace workspace = new();
    private BuiltCommand command = null!;
    private CommandRun demo = null!;

    private string Bundle => workspace.At("out", "bundle.zip");

    public async ValueTask InitializeAsync()
    {
        command = new BuiltCommand(workspace.At("home"));
        demo = await command.RunAsync("demo", "--out", workspace.At("out"));
    }

    public ValueTask DisposeAsync()
    {
        workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Bundle_OfTheDemo_IsVerifiedByAllAlike()
    {
        Assert.True(demo.ExitCode == 0, demo.Error);
        var document = Assert.Single(Directory.GetFiles(workspace.At("out", "document")));

        var own = await command.RunAsync("verify", Bundle, "--document", document);
        Assert.True(own.ExitCode == 0, own.Output);
        foreach (var what in new[] { "alice@example.com", "log.key", "release.logged", "stamp.key", "document.digest", "Verified" })
        {
            Assert.Contains(what, own.Output, StringComparison.Ordinal);
        }

        // The key of a demonstration that this profile has not seen is nobody's word.
        var stranger = await command.With("FAIRSHARE_HOME", workspace.At("stranger")).RunAsync("verify", Bundle);
        Assert.Equal(9, stranger.ExitCode);
        await RequireOpenSslAsync();

        if (await NodeVerifier.RunCommandAsync(command.Home, Bundle, "--document", document) is not { } other)
        {
            Assert.Skip(NodeVerifier.Missing);
            return;
        }

        Assert.Equal((own.ExitCode, own.Output), (other.ExitCode, other.Output));
    }

    private async Task RequireOpenSslAsync()
    {
        var files = BundleArchive.Read(await File.ReadAllBytesAsync(Bundle, TestContext.Current.CancellationToken));
        var (stamp, key) = (files["log/checkpoint.tsr"], NoteKey.Parse(Encoding.UTF8.GetString(files["log/key"]).Trim()));
        var note = SignedNote.Parse(files["log/checkpoint"]);
        var stamped = new SignedNote(note.Text, [.. note.Signatures.Where(line => line.KeyId == key.Id)]);
        await File.WriteAllTextAsync(workspace.At("checkpoint"), stamped.ToString(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(workspace.At("stamp"), stamp, TestContext.Current.CancellationToken);
        var certificate = PemEncoding.WriteString("CERTIFICATE", TimestampToken.ParseAnswer(stamp).Certificate.Der.Span);
        await File.WriteAllTextAsync(workspace.At("tsa.pem"), certificate, TestContext.Current.CancellationToken);
        string[] verify = ["ts", "-verify", "-in", workspace.At("stamp"), "-CAfile", workspace.At("tsa.pem"), "-data"];
        try
        {
            Assert.Equal(0, await OpenSslAsync([.. verify, workspace.At("checkpoint")]));
            Assert.NotEqual(0, await OpenSslAsync([.. verify, workspace.At("tsa.pem")]));
        }
        catch (Win32Exception)
        {
            TestContext.Current.SendDiagnosticMessage("openssl is not there to verify the stamp.");
        }
    }

    private static async Task<int> OpenSslAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        return (await BuiltCommand.EndAsync(Process.Start(start)!)).ExitCode;
    }
}
