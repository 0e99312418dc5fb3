using System.Text.Json.Nodes;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>The history events of a Task, as AWS names and shapes them.</summary>
internal sealed class TaskEvents(Branch branch, TaskResource resource)
{
    public void Scheduled(JsonNode? parameters, double? timeout, double? heartbeat)
    {
        var details = Resource();
        details["region"] = branch.Run.Host.Region;
        details["parameters"] = JsonText.Of(parameters);
        Add(details, "timeoutInSeconds", timeout);
        Add(details, "heartbeatInSeconds", heartbeat);
        branch.Record("TaskScheduled", "taskScheduledEventDetails", details);
        branch.Record("TaskStarted", "taskStartedEventDetails", Resource());
    }

    public void Submitted(JsonNode? output) => branch.Record("TaskSubmitted", "taskSubmittedEventDetails", WithOutput(output));

    public void Succeeded(JsonNode? output) => branch.Record("TaskSucceeded", "taskSucceededEventDetails", WithOutput(output));

    public void Failed(StateFailedException failure)
    {
        var details = Resource();
        details["error"] = failure.Error;
        if (failure.Cause is not null)
        {
            details["cause"] = failure.Cause;
        }

        var timedOut = failure.Error is ErrorNames.Timeout or ErrorNames.HeartbeatTimeout;
        branch.Record(timedOut ? "TaskTimedOut" : "TaskFailed", timedOut ? "taskTimedOutEventDetails" : "taskFailedEventDetails", details);
    }

    private JsonObject Resource() => new() { ["resourceType"] = resource.Type, ["resource"] = resource.HistoryName };

    private JsonObject WithOutput(JsonNode? output)
    {
        var details = Resource();
        details["output"] = JsonText.Of(output);
        details["outputDetails"] = new JsonObject { ["truncated"] = false };
        return details;
    }

    private static void Add(JsonObject details, string name, double? seconds)
    {
        if (seconds is { } value)
        {
            details[name] = (long)value;
        }
    }
}
