using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Execution;
using TemplateHost.StepFunctions.Model;
using TemplateHost.StepFunctions.Storage;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Operations;

/// <summary>
/// RedriveExecution: https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html. An execution goes on in the state that
/// it did not come out of, with the state's input and the definition that it had. One that stopped within a Map or a Parallel is refused.
/// </summary>
internal sealed class RedriveOperations(HostContext host, ExecutionEngine engine)
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(14);

    public async Task<JsonObject> RedriveAsync(JsonCall call)
    {
        var arn = call.Input.Arn("executionArn");
        host.Authorizer.Demand(call.Caller, call.Right, arn);
        var record = await host.Store.WriteAsync(session => Reopen(session, arn));
        engine.Launch(record);
        return new JsonObject { ["redriveDate"] = Inputs.Seconds(host.Now()) };
    }

    private ExecutionRecord Reopen(StoreSession session, string arn)
    {
        var record =
            ExecutionTable.Find(session, arn) ?? throw new AwsException("ExecutionDoesNotExist", $"Execution Does Not Exist: '{arn}'");
        if (record.Status is ExecutionStatus.Running or ExecutionStatus.Succeeded || record.StoppedAt + Period < host.Now())
        {
            throw new AwsException("ExecutionNotRedrivable", $"Execution is not redrivable: '{arn}'");
        }

        var cursor = LastState(session, arn);
        ExecutionTable.Reopen(session, arn);
        var last = HistoryTable.LastEvent(session, arn);
        HistoryTable.AddEvent(
            session,
            arn,
            last + 1,
            new JsonObject
            {
                ["timestamp"] = host.Now().ToUnixTimeMilliseconds() / 1000.0,
                ["type"] = "ExecutionRedriven",
                ["id"] = last + 1,
                ["previousEventId"] = last,
                ["executionRedrivenEventDetails"] = new JsonObject { ["redriveCount"] = 1 },
            }
        );
        cursor.LastEvent = last + 1;
        BranchTable.Put(session, arn, "", cursor);
        return ExecutionTable.Find(session, arn)!;
    }

    private static Cursor LastState(StoreSession session, string arn)
    {
        var entries = HistoryTable
            .Events(session, arn, long.MaxValue, int.MaxValue, reverse: true)
            .Where(entry => entry["stateEnteredEventDetails"] is not null)
            .ToList();
        if (entries.Exists(entry => $"{entry["type"]}" is "MapStateEntered" or "ParallelStateEntered"))
        {
            throw new AwsException("ExecutionNotRedrivable", "The embedded host redrives no execution with a Map or a Parallel.");
        }

        return entries.FirstOrDefault()?["stateEnteredEventDetails"] is { } entered
            ? new Cursor
            {
                State = entered["name"]!.GetValue<string>(),
                Input = JsonText.Parse(entered["input"]?.GetValue<string>() ?? "{}"),
            }
            : throw new AwsException("ExecutionNotRedrivable", $"Execution is not redrivable: '{arn}'");
    }
}
