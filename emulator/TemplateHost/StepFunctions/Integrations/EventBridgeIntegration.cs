using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Execution;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Integrations;

/// <summary>
/// <c>events:putEvents</c>: Detail may be an object; the execution's and machine's ARNs join the entry's resources; an entry that fails
/// fails the task.
/// </summary>
internal static class EventBridgeIntegration
{
    public static async Task<JsonNode?> CallAsync(ExecutionRun run, TaskAttempt attempt, CancellationToken cancellationToken)
    {
        var input = attempt.Parameters!.DeepClone().AsObject();
        foreach (var entry in (input["Entries"] as JsonArray ?? []).OfType<JsonObject>())
        {
            Complete(entry, run);
        }

        try
        {
            var answer = await run.Host.Services.CallAsync(run.Caller, "events", "PutEvents", input, cancellationToken);
            return answer["FailedEntryCount"]?.GetValue<int>() is > 0
                ? throw new StateFailedException("EventBridge.FailedEntry", JsonText.Of(answer))
                : answer;
        }
        catch (AwsException refusal)
        {
            throw TaskIntegrations.Failure("EventBridge.AmazonEventBridgeException", "EventBridge", refusal, attempt.RequestToken);
        }
    }

    private static void Complete(JsonObject entry, ExecutionRun run)
    {
        if (entry["Detail"] is JsonObject detail)
        {
            entry["Detail"] = JsonText.Of(detail);
        }

        var resources = entry["Resources"] as JsonArray ?? [];
        entry["Resources"] = new JsonArray([.. resources.Select(node => node?.DeepClone()), run.Record.Arn, run.Machine.Arn]);
    }
}
