using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>Moto, an AWS simulation that others wrote, on a free port; where it is installed.</summary>
internal sealed class MotoServer : IAsyncDisposable
{
    private readonly Process process;

    private MotoServer(Process process, string url) => (this.process, Url) = (process, url);

    public string Url { get; }

    /// <summary>Null where there is no moto_server.</summary>
    public static async Task<MotoServer?> StartAsync()
    {
        if (ProgramFinder.Find("moto_server") is not { } program)
        {
            return null;
        }

        var port = FreePort();
        var process = Process.Start(
            new ProcessStartInfo(program, ["-H", "127.0.0.1", "-p", $"{port}"])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var server = new MotoServer(process, $"http://127.0.0.1:{port}");
        await server.WaitAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task WaitAsync()
    {
        using var client = new HttpClient();
        for (var attempt = 0; attempt < 6000; attempt++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"{Url}/moto-api/"));
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }

        throw new TimeoutException("moto_server did not come up within ten minutes.");
    }

    // Below the ports that systems give to connections and to servers that ask for any: nobody gets it by chance before moto does.
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 20_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }
}
