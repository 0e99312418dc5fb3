using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>What all branches of one running execution share.</summary>
internal sealed record ExecutionRun(
    HostContext Host,
    ExecutionRecord Record,
    StateMachineRecord Machine,
    StateMachineDefinition Definition,
    IntrinsicFunctions Functions
)
{
    /// <summary>The state machine's role, in whose name the tasks call services.</summary>
    public Caller Caller { get; } = Host.Roles.CallerFor(Machine.RoleArn, SessionName(Record));

    /// <summary>The context object, as <c>$$</c> sees it in the state where the cursor stands.</summary>
    /// <param name="cursor">Where the branch stands.</param>
    /// <param name="retries">Whether the state has a Retry: only such a one has a count of its retries.</param>
    public JsonObject ContextFor(Cursor cursor, bool retries)
    {
        var context = new JsonObject
        {
            ["Execution"] = new JsonObject
            {
                ["Id"] = Record.Arn,
                ["Input"] = JsonText.Parse(Record.Input),
                ["StartTime"] = Timestamps.Format(Record.StartedAt),
                ["Name"] = Record.Name,
                ["RoleArn"] = Machine.RoleArn,
                ["RedriveCount"] = 0,
            },
            ["StateMachine"] = new JsonObject { ["Id"] = Machine.Arn, ["Name"] = Machine.Name },
            ["State"] = new JsonObject { ["Name"] = cursor.State, ["EnteredTime"] = Timestamps.Format(cursor.EnteredAt) },
        };
        if (retries)
        {
            context["State"]!["RetryCount"] = cursor.Retries;
        }

        if (cursor.MapItem is { } item)
        {
            context["Map"] = new JsonObject { ["Item"] = item.DeepClone() };
        }

        return context;
    }

    // AWS names these sessions with 32 letters; ours are told apart by execution, and repeat after a restart.
    private static string SessionName(ExecutionRecord record) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(record.Arn)))[..32];
}
