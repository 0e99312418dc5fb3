using System.Text.Json.Nodes;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Model;
using TemplateHost.StepFunctions.Storage;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>Writes the first event of an execution and the cursor that it starts from.</summary>
internal static class ExecutionStart
{
    public static void Write(StoreSession session, ExecutionRecord record, StateMachineRecord machine)
    {
        HistoryTable.AddEvent(
            session,
            record.Arn,
            1,
            new JsonObject
            {
                ["timestamp"] = record.StartedAt.ToUnixTimeMilliseconds() / 1000.0,
                ["type"] = "ExecutionStarted",
                ["id"] = 1,
                ["previousEventId"] = 0,
                ["executionStartedEventDetails"] = new JsonObject
                {
                    ["input"] = record.Input,
                    ["inputDetails"] = new JsonObject { ["truncated"] = false },
                    ["roleArn"] = machine.RoleArn,
                },
            }
        );
        var start = JsonText.Parse(machine.Definition)!["StartAt"]!.GetValue<string>();
        BranchTable.Put(session, record.Arn, "", new Cursor { State = start, Input = JsonText.Parse(record.Input) });
    }
}
