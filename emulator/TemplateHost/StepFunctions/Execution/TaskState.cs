using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;
using TemplateHost.StepFunctions.Storage;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>
/// Task. Each attempt is journaled with its parameters, token and deadline before the call; after a restart a call whose
/// answer was not journaled is made again with the same request token.
/// </summary>
internal sealed class TaskState(TaskTokens tokens)
{
    public Task<StateOutcome> RunAsync(Branch branch, StateDefinition state, CancellationToken cancellationToken)
    {
        if (!TaskResource.TryParse(state.Json["Resource"]!.GetValue<string>(), out var resource))
        {
            throw new InvalidOperationException("The validator let an unknown resource pass.");
        }

        return new AttemptLoop(branch, state).RunAsync(() => AttemptAsync(branch, state, resource, cancellationToken), cancellationToken);
    }

    private async Task<JsonNode?> AttemptAsync(
        Branch branch,
        StateDefinition state,
        TaskResource resource,
        CancellationToken cancellationToken
    )
    {
        if (branch.Cursor.Phase == Phase.Entered)
        {
            await ScheduleAsync(branch, state, resource);
        }

        var events = new TaskEvents(branch, resource);
        try
        {
            var result = resource.WaitsForToken
                ? await new TokenTask(tokens, branch, resource, events).RunAsync(cancellationToken)
                : await new ServiceCall(branch, resource).RunAsync(cancellationToken);
            events.Succeeded(result);
            return result;
        }
        catch (StateFailedException failure)
        {
            events.Failed(failure);
            throw;
        }
    }

    private async Task ScheduleAsync(Branch branch, StateDefinition state, TaskResource resource)
    {
        var token = resource.WaitsForToken ? tokens.New() : null;
        var scope = branch.Scope;
        if (token is not null)
        {
            scope.Context["Task"] = new JsonObject { ["Token"] = token };
        }

        var input = DataFlow.ApplyPath(state.Json, "InputPath", scope);
        var parameters = state.Json.ContainsKey("Parameters")
            ? PayloadTemplate.Evaluate(state.Json["Parameters"], scope.With(input))
            : input;
        var timeout = Seconds(state, "TimeoutSeconds", scope.With(input));
        var heartbeat = Seconds(state, "HeartbeatSeconds", scope.With(input));
        var deadline = timeout is { } seconds ? branch.Now.AddSeconds(seconds) : (DateTimeOffset?)null;
        branch.Cursor.Task = new TaskAttempt(parameters, RequestToken(branch), token, deadline);
        branch.Cursor.Phase = Phase.Scheduled;
        new TaskEvents(branch, resource).Scheduled(parameters, timeout, heartbeat);
        await branch.CommitAsync(session =>
        {
            if (token is not null)
            {
                TokenTable.Insert(session, token, branch.Run.Record.Arn, branch.Path, deadline, heartbeat, branch.Now);
            }
        });
    }

    private static double? Seconds(StateDefinition state, string field, Scope scope)
    {
        if (state.Json[field + "Path"]?.GetValue<string>() is not { } path)
        {
            return state.Json[field]?.GetValue<double>();
        }

        var found = scope.TryEvaluate(path, out var value);
        return found && value?.GetValueKind() == System.Text.Json.JsonValueKind.Number && JsonValues.Number(value) is > 0 and var seconds
            ? seconds
            : throw StateFailedException.Runtime($"Invalid path '{path}': the {field}Path must name a positive number.");
    }

    private static string RequestToken(Branch branch) => RandomIdentifiers.Uuid(branch.Run.Host.Random);
}
