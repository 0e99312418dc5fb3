using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TemplateHost.Benchmarks;

/// <summary>moto_server on a free port, where it is installed.</summary>
internal sealed class Moto : IDisposable
{
    private readonly Process process;

    private Moto(Process process, string url) => (this.process, Url) = (process, url);

    public string Url { get; }

    public static async Task<Moto?> StartAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        Process process;
        try
        {
            process = Process.Start(
                new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", $"{port}"])
                {
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                }
            )!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await WaitAsync($"http://127.0.0.1:{port}/moto-api/");
        return new Moto(process, $"http://127.0.0.1:{port}");
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static async Task WaitAsync(string url)
    {
        using var client = new HttpClient();
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(url));
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            }
        }

        throw new TimeoutException("moto_server did not come up within a minute.");
    }
}
