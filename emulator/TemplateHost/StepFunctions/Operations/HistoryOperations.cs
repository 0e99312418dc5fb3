using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Storage;

namespace TemplateHost.StepFunctions.Operations;

/// <summary>GetExecutionHistory.</summary>
internal sealed class HistoryOperations(HostContext host)
{
    public Task<JsonObject> GetAsync(JsonCall call)
    {
        var arn = call.Input.Arn("executionArn");
        host.Authorizer.Demand(call.Caller, call.Right, arn);
        var reverse = call.Input["reverseOrder"]?.GetValue<bool>() ?? false;
        var count = call.Input.MaxResults();
        var events = host.Store.Read(session =>
            ExecutionTable.Find(session, arn) is null
                ? throw new AwsException("ExecutionDoesNotExist", $"Execution Does Not Exist: '{arn}'")
                : HistoryTable.Events(session, arn, call.Input.PageStart() ?? (reverse ? long.MaxValue : 1), count + 1, reverse)
        );
        var answer = new JsonObject { ["events"] = new JsonArray([.. events.Take(count).Select(body => Shown(body, call.Input))]) };
        if (events.Count > count)
        {
            answer["nextToken"] = Inputs.PageToken(events[count]["id"]!.GetValue<long>());
        }

        return Task.FromResult(answer);
    }

    /// <summary>Leaves inputs and outputs out where the caller asked for that.</summary>
    private static JsonNode Shown(JsonNode body, JsonObject input)
    {
        if (input["includeExecutionData"]?.GetValue<bool>() is not false)
        {
            return body;
        }

        foreach (var (_, value) in body.AsObject())
        {
            if (value is JsonObject details)
            {
                foreach (var name in new[] { "input", "inputDetails", "output", "outputDetails", "parameters" })
                {
                    details.Remove(name);
                }
            }
        }

        return body;
    }
}
