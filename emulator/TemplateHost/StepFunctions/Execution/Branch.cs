using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;
using TemplateHost.StepFunctions.Storage;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>
/// One line of an execution: the whole of it, a branch of a Parallel state or an iteration of a Map. Events gather here until the next
/// commit.
/// </summary>
internal sealed class Branch(ExecutionRun run, string path, StateMachineDefinition machine, Cursor cursor)
{
    // A loop of states without effects must not gather without end.
    private const int MostPending = 200;
    private readonly List<(JsonObject Body, bool IsAside)> pending = [];
    private (long Entry, string Paths)? finishedChildren;

    public ExecutionRun Run { get; } = run;

    /// <summary>Empty for the execution itself; a child's is its parent's, the parent's entry event and an index.</summary>
    public string Path { get; } = path;

    public StateMachineDefinition Machine { get; } = machine;

    public Cursor Cursor { get; } = cursor;

    public bool MustCommit => pending.Count >= MostPending;

    public DateTimeOffset Now => Run.Host.Now();

    public Scope Scope => new(Cursor.Input, Run.ContextFor(Cursor, Machine.States[Cursor.State].Retriers.Count > 0), Run.Functions);

    public void Record(string type, string? detailsName = null, JsonObject? details = null) => Add(type, detailsName, details, false);

    /// <summary>Records what no later event follows from: the next one names the same predecessor.</summary>
    public void RecordAside(string type, string? detailsName = null, JsonObject? details = null) => Add(type, detailsName, details, true);

    private void Add(string type, string? detailsName, JsonObject? details, bool isAside)
    {
        var body = new JsonObject { ["timestamp"] = Now.ToUnixTimeMilliseconds() / 1000.0, ["type"] = type };
        if (detailsName is not null)
        {
            body[detailsName] = details;
        }

        pending.Add((body, isAside));
    }

    /// <summary>The path of a child of the state where the cursor stands; each attempt has children of its own.</summary>
    public string PathOfChild(int index) => $"{Path}/{Cursor.EnteredEvent}.{Cursor.Retries}.{index}";

    /// <summary>
    /// Has the children of this state forgotten by the commit that leaves it: before that, a restart still needs their outcomes.
    /// </summary>
    public void ForgetChildren() => finishedChildren = (Cursor.EnteredEvent, $"{Path}/{Cursor.EnteredEvent}.");

    /// <summary>Keeps the cursor and the gathered events in one write; <paramref name="also"/> joins it.</summary>
    /// <exception cref="OperationCanceledException">The execution has ended meanwhile.</exception>
    public Task CommitAsync(Action<StoreSession>? also = null) =>
        Run.Host.Store.WriteAsync(session =>
        {
            if (ExecutionTable.Find(session, Run.Record.Arn)?.Status != ExecutionStatus.Running)
            {
                throw new OperationCanceledException($"The execution {Run.Record.Arn} has ended.");
            }

            AppendEvents(session);
            if (finishedChildren is { } children && (Cursor.EnteredEvent != children.Entry || Cursor.End is not null))
            {
                BranchTable.DropBelow(session, Run.Record.Arn, children.Paths);
                finishedChildren = null;
            }

            BranchTable.Put(session, Run.Record.Arn, Path, Cursor);
            also?.Invoke(session);
            return true;
        });

    private void AppendEvents(StoreSession session)
    {
        var id = pending.Count == 0 ? 0 : HistoryTable.LastEvent(session, Run.Record.Arn);
        foreach (var (body, isAside) in pending)
        {
            id++;
            var type = body["type"]!.GetValue<string>();
            var numbered = new JsonObject
            {
                ["timestamp"] = body["timestamp"]!.DeepClone(),
                ["type"] = type,
                ["id"] = id,
                ["previousEventId"] = Cursor.LastEvent,
            };
            foreach (var (name, value) in body.Where(member => member.Key is not ("timestamp" or "type")))
            {
                numbered[name] = value?.DeepClone();
            }

            HistoryTable.AddEvent(session, Run.Record.Arn, id, numbered);
            if (isAside)
            {
                continue;
            }

            (Cursor.EventBefore, Cursor.LastEvent) = (Cursor.LastEvent, id);
            Cursor.EnteredEvent = type.EndsWith("StateEntered", StringComparison.Ordinal) ? id : Cursor.EnteredEvent;
        }

        pending.Clear();
    }
}
