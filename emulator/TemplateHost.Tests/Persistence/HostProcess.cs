using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Support;

namespace TemplateHost.Tests.Persistence;

/// <summary>A host in a process of its own, to be killed at any instant.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly HttpClient Client = new();

    private readonly Process process;

    private readonly RequestSigner signer;

    private HostProcess(Process process, string url, string directory)
    {
        (this.process, Url) = (process, url);
        var lines = File.ReadAllLines(Path.Combine(directory, "root-credentials"));
        signer = new RequestSigner(ValueOf(lines[1]), ValueOf(lines[2]), null, TimeProvider.System);
    }

    public string Url { get; }

    /// <summary>What the host told its standard error: deliveries that failed, faults.</summary>
    public required ConcurrentQueue<string> Said { get; init; }

    public static async Task<HostProcess> StartAsync(string directory, string templateFile, string functions)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "template-host.dll");
        var process = Process.Start(
            new ProcessStartInfo("dotnet", [assembly, .. Arguments(directory, templateFile, functions)])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var said = new ConcurrentQueue<string>();
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(15));
        var url = JsonNode.Parse(line ?? throw new InvalidOperationException($"The host did not start: {string.Join('\n', said)}"))![
            "aws"
        ]!.ToString();
        return new HostProcess(process, url, directory) { Said = said };
    }

    public string QueueUrl(string name) => $"{Url}/000000000000/{name}";

    /// <summary>Calls an operation as root.</summary>
    /// <exception cref="HttpRequestException">The host is gone.</exception>
    /// <exception cref="AwsCallException">The host refused.</exception>
    public async Task<JsonObject> CallAsync(string service, string operation, JsonObject input)
    {
        using var request = JsonProtocol.Request(Url, service, operation, input);
        var (status, body) = await SendAsync(request, service);
        var answer = body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();
        return status < 300 ? answer : throw new AwsCallException(answer, status);
    }

    /// <summary>Sends an S3 request as root.</summary>
    /// <exception cref="HttpRequestException">The host is gone.</exception>
    public async Task<(int Status, byte[] Body)> SendAsync(HttpMethod method, string path, byte[]? body = null)
    {
        using var content = body is null ? null : new ByteArrayContent(body);
        using var request = new HttpRequestMessage(method, Url + path) { Content = content };
        return await SendAsync(request, "s3");
    }

    /// <summary>The most memory that the process has held so far, as Linux counts it.</summary>
    public long PeakMemory =>
        1024
        * long.Parse(
            File.ReadLines($"/proc/{process.Id}/status")
                .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Split(':')[1]
                .Replace("kB", "", StringComparison.Ordinal),
            System.Globalization.NumberStyles.AllowLeadingWhite | System.Globalization.NumberStyles.AllowTrailingWhite,
            System.Globalization.CultureInfo.InvariantCulture
        );

    /// <summary>Sends a body whose octets nobody signs, since nobody holds them; a user pool's operation is not signed at all.</summary>
    /// <returns>What the host answered; null when it hung up.</returns>
    public async Task<string?> SendAsync(HttpMethod method, string path, string service, HttpContent content)
    {
        using var request = new HttpRequestMessage(method, Url + path);
        if (service == "cognito-idp")
        {
            request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.SignUp");
        }
        else
        {
            await signer.SignAsync(request, service, payload: service == "s3" ? "UNSIGNED-PAYLOAD" : null);
        }

        request.Content = content;
        try
        {
            using var answer = await Client.SendAsync(request);
            return await answer.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Sends a signed request.</summary>
    public async Task<string> SignedAsync(HttpMethod method, string path, string service, HttpContent content)
    {
        using var request = new HttpRequestMessage(method, Url + path) { Content = content };
        var (_, body) = await SendAsync(request, service);
        return System.Text.Encoding.UTF8.GetString(body);
    }

    /// <summary>Reads an object to its end, keeping nothing of it.</summary>
    public async Task ReadAsync(string path, long length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url + path);
        await signer.SignAsync(request, "s3");
        using var answer = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        var (buffer, left) = (new byte[1 << 16], length);
        while (left > 0)
        {
            left -= await body.ReadAsync(buffer) is > 0 and var read ? read : throw new EndOfStreamException();
        }
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

    private static string[] Arguments(string directory, string templateFile, string functions) =>
        ["--json", "--data", directory, "--template", templateFile, "--functions", functions, "--port", "0", "--aws-port", "0"];

    private static string ValueOf(string line) => line[(line.IndexOf('=', StringComparison.Ordinal) + 2)..];

    private async Task<(int Status, byte[] Body)> SendAsync(HttpRequestMessage request, string service)
    {
        await signer.SignAsync(request, service);
        using var answer = await Client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }
}
