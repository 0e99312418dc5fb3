using System.Text.Json.Nodes;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Model;
using TemplateHost.StepFunctions.Storage;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>Writes how an execution ended: its status and its last event, together.</summary>
internal static class ExecutionEnd
{
    public static async Task CommitAsync(Branch root)
    {
        var end = root.Cursor.End!;
        var arn = root.Run.Record.Arn;
        var status = end.Failed ? ExecutionStatus.Failed : ExecutionStatus.Succeeded;
        await root.CommitAsync(session =>
        {
            ExecutionTable.End(session, arn, status, Shown(end), root.Now);
            AddEvent(session, arn, status, Shown(end), root.Now, root.Cursor.LastEvent);
        });
        ExecutionMetrics.Ended(root.Run.Host, root.Run.Record.MachineArn, status);
    }

    /// <param name="session">The write that ends the execution.</param>
    /// <param name="arn">The execution.</param>
    /// <param name="status">How it ends.</param>
    /// <param name="end">What it ends with.</param>
    /// <param name="at">When.</param>
    /// <param name="previous">The event that it follows from; 0 where it is ended from outside.</param>
    public static void AddEvent(
        StoreSession session,
        string arn,
        ExecutionStatus status,
        BranchEnd end,
        DateTimeOffset at,
        long previous = 0
    )
    {
        var details = new JsonObject();
        if (status == ExecutionStatus.Succeeded)
        {
            details["output"] = JsonText.Of(end.Output);
            details["outputDetails"] = new JsonObject { ["truncated"] = false };
        }

        AddText(details, "error", end.Error);
        AddText(details, "cause", end.Cause);
        var last = HistoryTable.LastEvent(session, arn);
        var name = status.ToString();
        HistoryTable.AddEvent(
            session,
            arn,
            last + 1,
            new JsonObject
            {
                ["timestamp"] = at.ToUnixTimeMilliseconds() / 1000.0,
                ["type"] = "Execution" + name,
                ["id"] = last + 1,
                ["previousEventId"] = previous,
                [$"execution{name}EventDetails"] = details,
            }
        );
        HistoryTable.Pack(session, arn);
    }

    // A Fail state may give no error; then none is shown.
    private static BranchEnd Shown(BranchEnd end) => end with { Error = end.Error is "" ? null : end.Error };

    private static void AddText(JsonObject details, string name, string? text)
    {
        if (text is not null)
        {
            details[name] = text;
        }
    }
}
