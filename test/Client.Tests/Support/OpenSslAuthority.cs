using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using FairShare.Core.Keys;
using Microsoft.AspNetCore.Http;

namespace FairShare.Client.Tests.Support;

/// <summary>A time-stamping authority that is not ours: openssl behind a small server, with a key and a certificate of its own.</summary>
/// <param name="workspace">Where its files are.</param>
internal sealed class OpenSslAuthority(Workspace workspace) : IAsyncDisposable
{
    private LocalServer? server;

    /// <summary>Where it takes requests.</summary>
    public string Address => server!.Url + "/tsr";

    /// <summary>The thumbprint of its key.</summary>
    public string KeyId { get; private set; } = "";

    /// <summary>Starts it.</summary>
    /// <returns>False where there is no openssl.</returns>
    public async Task<bool> TryStartAsync()
    {
        await File.WriteAllTextAsync(
            workspace.At("tsa.cnf"),
            $"""
            [req]
            distinguished_name = name
            x509_extensions = stamping
            prompt = no
            [name]
            CN = Authority of somebody else
            [stamping]
            extendedKeyUsage = critical,timeStamping
            [tsa]
            serial = {workspace.At("serial")}
            crypto_device = builtin
            signer_cert = {workspace.At("tsa.pem")}
            signer_key = {workspace.At("tsa.key")}
            signer_digest = sha256
            default_policy = 1.2.3.4
            digests = sha256
            ess_cert_id_alg = sha256
            """
        );
        string[] make =
        [
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-config",
            workspace.At("tsa.cnf"),
        ];
        if (await RunAsync([.. make, "-keyout", workspace.At("tsa.key"), "-out", workspace.At("tsa.pem")]) != 0)
        {
            return false;
        }

        using var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(workspace.At("tsa.key")));
        KeyId = PublicKey.Of(key).Thumbprint.ToString();
        server = await LocalServer.StartAsync(AnswerAsync);
        return true;
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path != "/tsr" || context.Request.ContentType != "application/timestamp-query")
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var (query, reply) = (workspace.At("query.tsq"), workspace.At("reply.tsr"));
        await using (var file = File.Create(query))
        {
            await context.Request.Body.CopyToAsync(file);
        }

        await RunAsync("ts", "-reply", "-queryfile", query, "-config", workspace.At("tsa.cnf"), "-section", "tsa", "-out", reply);
        context.Response.ContentType = "application/timestamp-reply";
        await context.Response.SendFileAsync(reply);
    }

    private static async Task<int> RunAsync(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), process.WaitForExitAsync());
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return -1;
        }
    }
}
