using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using FairShare.Timestamps.Requests;
using FairShare.Timestamps.Tokens;

namespace FairShare.Timestamps.Tests;

/// <summary>What openssl says of our stamps, and what we make of its requests.</summary>
public sealed class OpenSslTests : IDisposable
{
    private readonly TimestampScene scene = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairshare-stamps-");

    public void Dispose()
    {
        scene.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Verify_StampForItsQuery_IsAcceptedAndAnotherDocumentIsNot()
    {
        await File.WriteAllBytesAsync(At("document"), TimestampScene.Document, TestContext.Current.CancellationToken);
        await RunAsync(0, "ts", "-query", "-data", At("document"), "-sha256", "-cert", "-out", At("query"));
        var request = TimestampRequest.Parse(await File.ReadAllBytesAsync(At("query"), TestContext.Current.CancellationToken));
        await File.WriteAllBytesAsync(At("reply"), await scene.AnswerAsync(request), TestContext.Current.CancellationToken);
        // The scene's signatures differ each time, and so do its certificates: the one in the stamp is the one to trust.
        var stamp = TimestampToken.ParseAnswer(await File.ReadAllBytesAsync(At("reply"), TestContext.Current.CancellationToken));
        var inside = PemEncoding.WriteString("CERTIFICATE", stamp.Certificate.Der.Span);
        await File.WriteAllTextAsync(At("tsa.pem"), inside, TestContext.Current.CancellationToken);

        await RunAsync(0, "ts", "-verify", "-queryfile", At("query"), "-in", At("reply"), "-CAfile", At("tsa.pem"));
        await RunAsync(0, "ts", "-verify", "-data", At("document"), "-in", At("reply"), "-CAfile", At("tsa.pem"));

        await File.WriteAllTextAsync(At("document"), "another", TestContext.Current.CancellationToken);
        await RunAsync(1, "ts", "-verify", "-data", At("document"), "-in", At("reply"), "-CAfile", At("tsa.pem"));
    }

    [Theory]
    [InlineData(PkiFailure.BadAlgorithm, "unrecognized or unsupported algorithm identifier")]
    [InlineData(PkiFailure.UnacceptedPolicy, "policy")]
    [InlineData(PkiFailure.SystemFailure, "system failure")]
    public async Task Reply_OfARefusal_IsReadByItsReason(PkiFailure failure, string words)
    {
        await File.WriteAllBytesAsync(At("reply"), TimestampAuthority.Refuse(failure, "not so"), TestContext.Current.CancellationToken);
        var said = await RunAsync(0, "ts", "-reply", "-in", At("reply"), "-text");
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Contains("not so", said, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private static async Task<string> RunAsync(int exitCode, params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(
                process.ExitCode == exitCode,
                $"openssl {string.Join(' ', arguments)}: {process.ExitCode} {await output} {await error}"
            );
            return await output;
        }
        catch (Win32Exception)
        {
            Assert.Skip("openssl is not there.");
            throw;
        }
    }
}
