using System.Diagnostics;
using FairShare.Local.Tests.Support;

namespace FairShare.Local.Tests.Persistence;

/// <summary>A host in a process of its own, to be killed at any instant.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly HttpClient Client = new();

    private readonly Process process;

    private HostProcess(Process process, string url) => (this.process, Url) = (process, url);

    public string Url { get; }

    public static async Task<HostProcess> StartAsync(string directory, string templateFile)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "FairShare.Local.Process.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [assembly, directory, templateFile])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        var url = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return new HostProcess(process, url ?? throw new InvalidOperationException("The host did not start."));
    }

    /// <summary>Sends a signed request as root.</summary>
    /// <exception cref="HttpRequestException">No answer, or a refusal.</exception>
    public async Task<string> SendAsync(HttpMethod method, string path, string service, string? target, byte[]? body)
    {
        using var request = new HttpRequestMessage(method, Url + path) { Content = body is null ? null : new ByteArrayContent(body) };
        if (target is not null)
        {
            request.Headers.Add("X-Amz-Target", target);
            request.Content!.Headers.ContentType = new("application/x-amz-json-1.0");
        }

        await new RequestSigner("root", "root", null, TimeProvider.System).SignAsync(request, service);
        using var answer = await Client.SendAsync(request);
        return (await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: false);
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }

        process.Dispose();
    }
}
