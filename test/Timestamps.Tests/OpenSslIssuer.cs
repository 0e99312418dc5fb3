using System.ComponentModel;
using System.Diagnostics;

namespace FairShare.Timestamps.Tests;

/// <summary>A certification authority that is not ours: openssl with a root, and an issuer below it.</summary>
/// <param name="folder">Where its files are.</param>
internal sealed class OpenSslIssuer(string folder)
{
    /// <summary>What a certificate for stamps must have.</summary>
    public const string ForStamping = "extendedKeyUsage=critical,timeStamping";

    private const string OfIssuer = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign";

    /// <summary>The root's certificate.</summary>
    public string Root => At("root.pem");

    /// <summary>Makes the root and the issuer.</summary>
    /// <param name="extensions">What the issuer's certificate has besides what an issuer's must have.</param>
    /// <returns>False where there is no openssl.</returns>
    public async Task<bool> TryMakeAsync(string extensions = "")
    {
        string[] key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
        if (await RunAsync(["req", "-x509", .. key, "-subj", "/CN=root", "-days", "3650", "-keyout", At("root.key"), "-out", Root]) is null)
        {
            return false;
        }

        await RequireAsync(["req", .. key, "-subj", "/CN=issuer", "-keyout", At("issuer.key"), "-out", At("issuer.csr")]);
        await File.WriteAllTextAsync(At("issuer.pem"), await IssueAsync(At("issuer.csr"), "root", $"{OfIssuer}\n{extensions}"));
        return true;
    }

    /// <summary>A chain for a request: its certificate, the issuer's, and the root's.</summary>
    public async Task<string[]> ChainAsync(string request, string extensions = ForStamping)
    {
        var path = At("request.csr");
        await File.WriteAllTextAsync(path, request);
        return
        [
            await IssueAsync(path, "issuer", extensions),
            await File.ReadAllTextAsync(At("issuer.pem")),
            await File.ReadAllTextAsync(Root),
        ];
    }

    /// <summary>Verifies a stamp of a hash, as somebody who knows a root does.</summary>
    public async Task<bool> VerifiesAsync(byte[] answer, string hexHash, string root)
    {
        await File.WriteAllBytesAsync(At("answer.tsr"), answer);
        return await RunAsync(["ts", "-verify", "-digest", hexHash, "-in", At("answer.tsr"), "-CAfile", root]) == 0;
    }

    private async Task<string> IssueAsync(string request, string issuer, string extensions)
    {
        await File.WriteAllTextAsync(At("extensions"), extensions);
        string[] by = ["-CA", At($"{issuer}.pem"), "-CAkey", At($"{issuer}.key"), "-CAcreateserial", "-days", "365"];
        await RequireAsync(["x509", "-req", "-in", request, .. by, "-sha256", "-extfile", At("extensions"), "-out", At("issued.pem")]);
        return await File.ReadAllTextAsync(At("issued.pem"));
    }

    private string At(string name) => Path.Combine(folder, name);

    private static async Task RequireAsync(string[] arguments)
    {
        if (await RunAsync(arguments) is not 0)
        {
            throw new InvalidOperationException($"openssl {string.Join(' ', arguments)} failed.");
        }
    }

    /// <returns>The exit code; null where there is no openssl.</returns>
    private static async Task<int?> RunAsync(string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), process.WaitForExitAsync());
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
