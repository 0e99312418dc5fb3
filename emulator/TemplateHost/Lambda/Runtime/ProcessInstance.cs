using System.Collections.Concurrent;
using System.Diagnostics;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;

namespace TemplateHost.Lambda.Runtime;

/// <summary>One process of a function and the Runtime API endpoint that only it is told of.</summary>
internal sealed class ProcessInstance : IFunctionInstance
{
    private const int KeptLines = 20;
    private readonly RuntimeApi api = new();
    private readonly ConcurrentQueue<string> lastLines = new();
    private readonly HttpFront front;
    private readonly Process process;
    private int disposed;

    private readonly Action<string> log;

    public ProcessInstance(string executable, Action<string> log)
    {
        this.log = log;
        front = new HttpFront(
            (request, cancellationToken) =>
                BrowserOrigin.IsOfAProgramHere(request)
                    ? api.HandleAsync(request, cancellationToken)
                    : Task.FromResult(new AwsResponse { Status = 403 }),
            HttpFront.UsualIdle
        );
        process = new Process
        {
            StartInfo = new ProcessStartInfo(executable)
            {
                WorkingDirectory = Path.GetDirectoryName(executable)!,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
    }

    public bool IsAlive => disposed == 0 && !api.HasEnded;

    public async Task StartAsync(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var address = await front.ListenAsync(0, cancellationToken);
        foreach (var (name, value) in environment)
        {
            process.StartInfo.Environment[name] = value;
        }

        process.StartInfo.Environment["AWS_LAMBDA_RUNTIME_API"] = new Uri(address).Authority;
        process.StartInfo.Environment["LAMBDA_TASK_ROOT"] = process.StartInfo.WorkingDirectory;
        process.Exited += (_, _) => Exited();
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Task<InvocationResult> InvokeAsync(Invocation invocation, CancellationToken cancellationToken) =>
        api.InvokeAsync(invocation, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It had exited by itself.
        }

        api.Close();
        await front.DisposeAsync();
        process.Dispose();
    }

    private void Exited()
    {
        try
        {
            api.Exited(process.ExitCode, lastLines);
        }
        catch (InvalidOperationException)
        {
            // Disposed meanwhile: nobody waits for it.
        }
    }

    // A function's output is its log; the last of it also says why a process ended.
    private void Keep(string? line)
    {
        if (!string.IsNullOrEmpty(line))
        {
            log(line);
            lastLines.Enqueue(line);
            while (lastLines.Count > KeptLines && lastLines.TryDequeue(out _)) { }
        }
    }
}
