using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Execution;
using TemplateHost.StepFunctions.Storage;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Operations;

/// <summary>SendTaskSuccess, SendTaskFailure, SendTaskHeartbeat.</summary>
internal sealed class TaskTokenOperations(HostContext host, TaskTokens tokens)
{
    private const int LongestToken = 2048;

    public Task<JsonObject> SucceedAsync(JsonCall call)
    {
        _ = call.Input.Required("output");
        var output = call.Input.Payload("output", "InvalidOutput", "Output");
        return SettleAsync(
            call,
            (session, token, now) => TokenTable.Settle(session, token, TokenStatus.Succeeded, output, null, null, now)
        );
    }

    public Task<JsonObject> FailAsync(JsonCall call)
    {
        var (error, cause) = (call.Input.Optional("error"), call.Input.Optional("cause"));
        return SettleAsync(
            call,
            (session, token, now) => TokenTable.Settle(session, token, TokenStatus.Failed, null, error ?? "", cause, now)
        );
    }

    public Task<JsonObject> BeatAsync(JsonCall call) => SettleAsync(call, TokenTable.Beat);

    private async Task<JsonObject> SettleAsync(JsonCall call, Func<StoreSession, string, DateTimeOffset, bool> settle)
    {
        var token = call.Input.Required("taskToken");
        Demand(call, token);
        if (!await host.Store.WriteAsync(session => settle(session, token, host.Now())))
        {
            throw new AwsException("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
        }

        tokens.Signal(token);
        return [];
    }

    private void Demand(JsonCall call, string token)
    {
        if (token.Length is 0 or > LongestToken || !Convert.TryFromBase64String(token, new byte[token.Length], out _))
        {
            throw new AwsException("InvalidToken", "Invalid Token: 'Invalid token'");
        }

        var machine =
            host.Store.Read(session =>
                TokenTable.Find(session, token) is { } known ? ExecutionTable.Find(session, known.Execution) : null
            )?.MachineArn
            ?? throw new AwsException("TaskDoesNotExist", "Task Does Not Exist: 'Provided task does not exist'");
        host.Authorizer.Demand(call.Caller, call.Right, machine);
    }
}
