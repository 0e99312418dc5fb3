using System.Collections.Concurrent;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;
using TemplateHost.StepFunctions.Storage;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>Runs executions; on start it takes up every one that the store says is running.</summary>
internal sealed class ExecutionEngine(HostContext host, TaskTokens tokens) : IBackgroundWork, IDisposable
{
    private readonly ConcurrentDictionary<string, RunningExecution> running = new();
    private readonly ConcurrentDictionary<(string Machine, int Revision), StateMachineDefinition> definitions = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly IntrinsicFunctions functions = new(host.Random);
    private bool started;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        started = true;
        foreach (var record in host.Store.Read(ExecutionTable.Running))
        {
            Launch(record);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running.Values.Select(execution => execution.Work));
    }

    public void Dispose() => stopping.Dispose();

    /// <summary>
    /// Takes an execution up that the store holds. Before the host has started its background work this does nothing: the start finds it.
    /// </summary>
    public void Launch(ExecutionRecord record)
    {
        if (!started || stopping.IsCancellationRequested)
        {
            return;
        }

        var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        var entry = new RunningExecution(stop);
        if (running.TryAdd(record.Arn, entry))
        {
            entry.Work = Task.Run(() => RunAsync(record, stop), CancellationToken.None);
        }
        else
        {
            stop.Dispose();
        }
    }

    /// <summary>Ends an execution from outside: by request, or because its time is up.</summary>
    /// <returns>False when it had ended already.</returns>
    public async Task<bool> StopAsync(string arn, ExecutionStatus status, string? error, string? cause)
    {
        var now = host.Now();
        var ended = await host.Store.WriteAsync(session =>
        {
            var done = ExecutionTable.End(session, arn, status, new BranchEnd(null, error, cause), now);
            if (done)
            {
                ExecutionEnd.AddEvent(session, arn, status, new BranchEnd(null, error, cause), now);
            }

            return done;
        });
        if (ended && host.Measured is not null && host.Store.Read(session => ExecutionTable.Find(session, arn)) is { } record)
        {
            ExecutionMetrics.Ended(host, record.MachineArn, status);
        }

        if (ended && running.TryGetValue(arn, out var execution))
        {
            try
            {
                await execution.Stop.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // It came to its end meanwhile.
            }
        }

        return ended;
    }

    private async Task RunAsync(ExecutionRecord record, CancellationTokenSource stop)
    {
        var cancellationToken = stop.Token;
        try
        {
            await host.InsistAsync($"The execution {record.Arn}", () => RunOnceAsync(record, cancellationToken), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopped while it waited; the store says what holds.
        }
        finally
        {
            running.TryRemove(record.Arn, out _);
            stop.Dispose();
        }
    }

    /// <summary>Goes on from where the store has the execution.</summary>
    private async Task RunOnceAsync(ExecutionRecord record, CancellationToken cancellationToken)
    {
        try
        {
            var run = Load(record);
            var root = new Branch(run, "", run.Definition, host.Store.Read(session => BranchTable.Find(session, record.Arn, ""))!);
            await WithinTimeoutAsync(run, root, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopped: by request, by its timeout, or with the host. The store says what holds.
        }
        catch (ObjectDisposedException) when (stopping.IsCancellationRequested)
        {
            // The store closed first.
        }
        catch (Exception fault) when (fault is not StoreUnavailableException)
        {
            // One execution that breaks must neither vanish nor take others with it.
            host.Fault($"The execution {record.Arn} broke.", fault);
            await StopAsync(record.Arn, ExecutionStatus.Failed, ErrorNames.Runtime, fault.Message);
        }
    }

    private async Task WithinTimeoutAsync(ExecutionRun run, Branch root, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (run.Definition.TimeoutSeconds is { } seconds)
        {
            _ = TimeOutAsync(run.Record, run.Record.StartedAt.AddSeconds(seconds), timer.Token);
        }

        try
        {
            await new BranchRunner(tokens).RunAsync(root, cancellationToken);
        }
        finally
        {
            await timer.CancelAsync();
        }

        await ExecutionEnd.CommitAsync(root);
    }

    private async Task TimeOutAsync(ExecutionRecord record, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await host.DelayUntilAsync(at, cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
        if (!cancellationToken.IsCancellationRequested)
        {
            await host.InsistAsync(
                $"The timeout of {record.Arn}",
                () => StopAsync(record.Arn, ExecutionStatus.TimedOut, null, null),
                CancellationToken.None
            );
        }
    }

    private ExecutionRun Load(ExecutionRecord record)
    {
        var machine =
            host.Store.Read(session => MachineTable.Find(session, record.MachineArn, record.Revision))
            ?? throw new InvalidOperationException("The execution's state machine is not in the store.");
        var definition = definitions.GetOrAdd((record.MachineArn, record.Revision), _ => StateMachineDefinition.Parse(machine.Definition));
        return new ExecutionRun(host, record, machine, definition, functions);
    }

    private sealed class RunningExecution(CancellationTokenSource stop)
    {
        public CancellationTokenSource Stop { get; } = stop;

        public Task Work { get; set; } = Task.CompletedTask;
    }
}
