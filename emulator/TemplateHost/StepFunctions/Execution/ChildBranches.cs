using System.Text.Json.Nodes;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;
using TemplateHost.StepFunctions.Storage;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>The branches that a Parallel or Map state runs, each with a cursor of its own; one that fails stops the others.</summary>
internal sealed class ChildBranches(BranchRunner runner, Branch parent)
{
    private readonly Lock gate = new();
    private readonly long startedBy = parent.Cursor.LastEvent;
    private readonly SortedDictionary<int, Branch> open = [];
    private Branch? failed;

    /// <summary>What the next child follows from: where the latest one was when it succeeded.</summary>
    private long latest = parent.Cursor.LastEvent;

    /// <summary>Runs all children, at most <paramref name="concurrency"/> at a time, and gives their outputs in order.</summary>
    /// <exception cref="StateFailedException">The error of the child that failed first.</exception>
    public async Task<JsonArray> RunAsync(IReadOnlyList<ChildPlan> plans, int concurrency, CancellationToken cancellationToken)
    {
        using var siblings = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var slots = new SemaphoreSlim(concurrency);
        var ends = new BranchEnd?[plans.Count];
        StateFailedException? first = null;

        async Task RunOneAsync(int index)
        {
            await slots.WaitAsync(siblings.Token);
            try
            {
                ends[index] = await RunChildAsync(plans[index], index, siblings.Token);
            }
            catch
            {
                // What breaks one breaks all; none may go on beside a second life of the execution.
                await siblings.CancelAsync();
                throw;
            }
            finally
            {
                slots.Release();
            }

            if (ends[index]!.Failed)
            {
                Interlocked.CompareExchange(ref first, new StateFailedException(ends[index]!.Error!, ends[index]!.Cause), null);
                await siblings.CancelAsync();
            }
        }

        var children = Task.WhenAll(plans.Select((_, index) => RunOneAsync(index)));
        await children.ContinueWith(
            static _ => { },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        cancellationToken.ThrowIfCancellationRequested();
        if (first is not null)
        {
            RecordAborted(plans);
            throw first;
        }

        await children;
        return new JsonArray([.. ends.Select(end => end!.Output?.DeepClone())]);
    }

    private async Task<BranchEnd> RunChildAsync(ChildPlan plan, int index, CancellationToken cancellationToken)
    {
        var path = parent.PathOfChild(index);
        var known = parent.Run.Host.Store.Read(session => BranchTable.Find(session, parent.Run.Record.Arn, path));
        var cursor =
            known
            ?? new Cursor
            {
                State = plan.Machine.StartAt,
                Input = plan.Input?.DeepClone(),
                LastEvent = plan.MapItem is null ? startedBy : Interlocked.Read(ref latest),
                MapItem = plan.MapItem ?? parent.Cursor.MapItem?.DeepClone().AsObject(),
            };
        var child = new Branch(parent.Run, path, plan.Machine, cursor);
        if (known is null && plan.MapItem is not null)
        {
            child.Record("MapIterationStarted", "mapIterationStartedEventDetails", plan.Iteration(index));
        }

        lock (gate)
        {
            open[index] = child;
        }

        if (cursor.End is null)
        {
            await runner.RunAsync(child, cancellationToken);
            RecordEnd(child, plan, index);
            await child.CommitAsync();
        }

        lock (gate)
        {
            // What the parent records next follows the latest event of its children, or the one that failed first.
            parent.Cursor.LastEvent = failed is null ? Math.Max(parent.Cursor.LastEvent, cursor.LastEvent) : parent.Cursor.LastEvent;
            if (cursor.End!.Failed && failed is null)
            {
                (failed, parent.Cursor.LastEvent) = (child, cursor.LastEvent);
            }

            latest = cursor.EventBefore;
            open.Remove(index);
        }

        return cursor.End!;
    }

    /// <summary>What an iteration's success leads to follows from it; what a failure leads to follows from what failed.</summary>
    private static void RecordEnd(Branch child, ChildPlan plan, int index)
    {
        if (!child.Cursor.End!.Failed)
        {
            if (plan.MapItem is not null)
            {
                child.Record("MapIterationSucceeded", "mapIterationSucceededEventDetails", plan.Iteration(index));
            }

            return;
        }

        if (plan.MapItem is not null)
        {
            child.RecordAside("MapIterationFailed", "mapIterationFailedEventDetails", plan.Iteration(index));
        }

        RecordAbortedState(child, child);
    }

    /// <summary>Records that the failure of one stopped the others, which follows from that failure.</summary>
    private void RecordAborted(IReadOnlyList<ChildPlan> plans)
    {
        foreach (var (index, child) in open)
        {
            if (plans[index].MapItem is not null)
            {
                parent.RecordAside("MapIterationAborted", "mapIterationAbortedEventDetails", plans[index].Iteration(index));
            }

            RecordAbortedState(child, parent);
        }
    }

    private static void RecordAbortedState(Branch stopped, Branch recorder)
    {
        var type = stopped.Machine.States[stopped.Cursor.State].Type;
        if (stopped.Cursor.Phase != Phase.Arriving && type is "Task" or "Wait" or "Parallel" or "Map")
        {
            recorder.RecordAside($"{type}StateAborted");
        }
    }
}

/// <summary>What a child is to do.</summary>
/// <param name="MapItem">For an iteration: what <c>$$.Map.Item</c> is in it.</param>
/// <param name="StateName">The Map state's name, for the history.</param>
internal sealed record ChildPlan(StateMachineDefinition Machine, JsonNode? Input, JsonObject? MapItem, string StateName)
{
    public JsonObject Iteration(int index) => new() { ["name"] = StateName, ["index"] = index };
}
