using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FairShare.Functions.Benchmarks.ColdStart;

/// <summary>
/// One process of a published function, with the Lambda Runtime API that it asks for work: times on the clock of <see cref="Stopwatch"/>.
/// </summary>
internal sealed class StartedFunction : IDisposable
{
    private readonly HttpListener runtime = new();
    private readonly Process process;
    private readonly Task<long> printed;

    public StartedFunction(string directory, CapturedCall call)
    {
        var address = $"127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}";
        runtime.Prefixes.Add($"http://{address}/");
        runtime.Start();
        var start = new ProcessStartInfo(Path.Combine(directory, "bootstrap"))
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in call.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["AWS_LAMBDA_RUNTIME_API"] = address;
        StartedAt = Stopwatch.GetTimestamp();
        process = Process.Start(start)!;
        printed = FirstLineAsync(process.StandardError);
    }

    /// <summary>When the process was started.</summary>
    public long StartedAt { get; }

    /// <summary>When its first line came, which the stand-in for Lambda's runtime writes before anything of the function is made.</summary>
    public Task<long> PrintedAt => printed;

    /// <summary>Serves one invocation.</summary>
    /// <returns>When the function asked for it, and when it had answered.</returns>
    /// <exception cref="InvalidOperationException">It answered an error.</exception>
    public async Task<(long Asked, long Answered)> InvokeAsync(byte[] payload)
    {
        var next = await runtime.GetContextAsync();
        var asked = Stopwatch.GetTimestamp();
        if (!next.Request.RawUrl!.EndsWith("/next", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(await new StreamReader(next.Request.InputStream).ReadToEndAsync());
        }

        next.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
        next.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:000000000000:function:cold";
        next.Response.ContentLength64 = payload.Length;
        await next.Response.OutputStream.WriteAsync(payload);
        next.Response.Close();
        var answer = await runtime.GetContextAsync();
        var answered = Stopwatch.GetTimestamp();
        using var reader = new StreamReader(answer.Request.InputStream);
        var text = await reader.ReadToEndAsync();
        answer.Response.StatusCode = 202;
        answer.Response.Close();
        return
            answer.Request.RawUrl!.EndsWith("/response", StringComparison.Ordinal)
            && !text.Contains("\"statusCode\":5", StringComparison.Ordinal)
            ? (asked, answered)
            : throw new InvalidOperationException(text);
    }

    /// <summary>What its threads have computed so far; Linux alone tells it finely.</summary>
    public TimeSpan Cpu() =>
        TimeSpan.FromMicroseconds(
            Directory
                .EnumerateDirectories($"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/task")
                .Sum(task => long.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture))
                / 1000
        );

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        runtime.Close();
    }

    private static async Task<long> FirstLineAsync(StreamReader errors)
    {
        await errors.ReadLineAsync();
        var at = Stopwatch.GetTimestamp();
        _ = errors.ReadToEndAsync();
        return at;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
