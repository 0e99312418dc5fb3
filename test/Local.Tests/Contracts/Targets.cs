using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FairShare.Local.Hosting;
using FairShare.Local.Tests.Support;
using Xunit;

namespace FairShare.Local.Tests.Contracts;

/// <summary>Starts what the contracts are put to.</summary>
internal static class Targets
{
    public static async Task<IContractTarget> HostAsync()
    {
        var host = await TestHost.StartAsync();
        return new JsonTarget(host.Client, host.Host.AwsUrl, host.SignerFor(null), host.Host.Outputs["WorkflowRoleArn"], host.DisposeAsync);
    }

    /// <summary>The embedded host behind the AWS CLI.</summary>
    public static async Task<IContractTarget> CliAsync()
    {
        var program = Find("aws");
        var host = await EmbeddedHost.StartAsync(new EmbeddedHostOptions(), TestHost.Template());
        return new CliTarget(program, host);
    }

    /// <summary>An implementation that is not ours.</summary>
    public static async Task<IContractTarget> MotoAsync()
    {
        var program = Find("moto_server");
        var port = FreePort();
        var process = Process.Start(new ProcessStartInfo(program, ["-p", $"{port}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var client = new HttpClient();
        var endpoint = $"http://127.0.0.1:{port}";
        await TestHost.UntilAsync(() => AnswersAsync(client, endpoint), answers => answers);
        // Executions are only recorded, and never run, unless it is told to.
        using var switches = new StringContent("""{"stepfunctions":{"execute_state_machine":true}}""");
        using var _ = await client.PostAsync($"{endpoint}/moto-api/config", switches);
        return new JsonTarget(client, endpoint, new RequestSigner("test", "test", null, TimeProvider.System), "arn:aws:iam::123456789012:role/any", () =>
        {
            client.Dispose();
            process.Kill(entireProcessTree: true);
            process.Dispose();
            return ValueTask.CompletedTask;
        });
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string endpoint)
    {
        try
        {
            using var response = await client.GetAsync($"{endpoint}/moto-api/");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Find(string program)
    {
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(place => Path.Combine(place, program));
        var found = places.FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{program} is not on this machine.");
        return found!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
