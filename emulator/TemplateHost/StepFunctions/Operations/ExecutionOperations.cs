using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Execution;
using TemplateHost.StepFunctions.Model;
using TemplateHost.StepFunctions.Storage;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Operations;

/// <summary>StartExecution, StopExecution, DescribeExecution, ListExecutions, DescribeStateMachineForExecution.</summary>
internal sealed class ExecutionOperations(HostContext host, ExecutionEngine engine)
{
    /// <summary>Starts an execution; repeated with the same name and input while that one runs, it answers with that one.</summary>
    public async Task<JsonObject> StartAsync(JsonCall call)
    {
        var machineArn = call.Input.Arn("stateMachineArn");
        host.Authorizer.Demand(call.Caller, call.Right, machineArn);
        var name = Inputs.Named(call.Input.Optional("name") ?? host.Random.Uuid());

        var input = call.Input.Payload("input", "InvalidExecutionInput", "State Machine Execution Input");
        var (record, created) = await host.Store.WriteAsync(session => Insert(session, machineArn, name, input));
        if (created)
        {
            ExecutionMetrics.Started(host, record.MachineArn);
            engine.Launch(record);
        }

        return new JsonObject { ["executionArn"] = record.Arn, ["startDate"] = Inputs.Seconds(record.StartedAt) };
    }

    public async Task<JsonObject> StopAsync(JsonCall call)
    {
        var execution = Find(call);
        await engine.StopAsync(execution.Arn, ExecutionStatus.Aborted, call.Input.Optional("error"), call.Input.Optional("cause"));
        var stopped = host.Store.Read(session => ExecutionTable.Find(session, execution.Arn))?.StoppedAt;
        return new JsonObject { ["stopDate"] = Inputs.Seconds(stopped ?? host.Now()) };
    }

    public Task<JsonObject> DescribeAsync(JsonCall call)
    {
        var execution = Find(call);
        var answer = Summary(execution);
        answer["input"] = execution.Input;
        answer["inputDetails"] = new JsonObject { ["included"] = true };
        if (host.Store.Read(session => VersionTable.StartOf(session, execution.Arn)) is { } start)
        {
            answer["stateMachineVersionArn"] = start.Version;
            if (start.Alias is { } alias)
            {
                answer["stateMachineAliasArn"] = alias;
            }
        }

        answer["redriveCount"] = 0;
        answer["redriveStatus"] = execution.Status is ExecutionStatus.Running or ExecutionStatus.Succeeded
            ? "NOT_REDRIVABLE"
            : "REDRIVABLE";
        foreach (var (member, text) in new[] { ("output", execution.Output), ("error", execution.Error), ("cause", execution.Cause) })
        {
            if (text is not null)
            {
                answer[member] = text;
            }
        }

        if (execution.Output is not null)
        {
            answer["outputDetails"] = new JsonObject { ["included"] = true };
        }

        return Task.FromResult(answer);
    }

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        var machine = call.Input.Arn("stateMachineArn");
        host.Authorizer.Demand(call.Caller, call.Right, machine);
        var (from, count) = ((int)(call.Input.PageStart() ?? 0), call.Input.MaxResults());
        var all = host.Store.Read(session =>
            MachineTable.Find(session, machine) is null
                ? throw new AwsException("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{machine}'")
                : ExecutionTable.List(session, machine, call.Input.Optional("statusFilter"), from, count + 1)
        );
        var answer = new JsonObject { ["executions"] = new JsonArray([.. all.Take(count).Select(Summary)]) };
        if (all.Count > count)
        {
            answer["nextToken"] = Inputs.PageToken(from + count);
        }

        return Task.FromResult(answer);
    }

    public Task<JsonObject> DescribeMachineAsync(JsonCall call)
    {
        var execution = Find(call);
        var machine = host.Store.Read(session => MachineTable.Find(session, execution.MachineArn, execution.Revision))!;
        // Of an execution that was started by a version this is that of the version, whatever the machine has become.
        return Task.FromResult(
            new JsonObject
            {
                ["stateMachineArn"] = machine.Arn,
                ["name"] = machine.Name,
                ["definition"] = machine.Definition,
                ["roleArn"] = machine.RoleArn,
                ["updateDate"] = Inputs.Seconds(execution.StartedAt),
            }
        );
    }

    private (ExecutionRecord Record, bool Created) Insert(StoreSession session, string machineArn, string name, string input)
    {
        var (machine, version, alias) = MachineChoice.Of(session, machineArn, host.Random);
        var arn = host.Arn("states", $"execution:{machine.Name}:{name}");
        if (ExecutionTable.Find(session, arn) is { } existing)
        {
            return existing.Status == ExecutionStatus.Running && existing.Input == input
                ? (existing, false)
                : throw new AwsException("ExecutionAlreadyExists", $"Execution Already Exists: '{arn}'");
        }

        var record = new ExecutionRecord(arn, machine.Arn, machine.Revision, name, input, host.Now());
        ExecutionTable.Insert(session, record);
        ExecutionStart.Write(session, record, machine);
        if (version is not null)
        {
            VersionTable.NoteStart(session, arn, version, alias);
        }

        return (record, true);
    }

    private ExecutionRecord Find(JsonCall call)
    {
        var arn = call.Input.Arn("executionArn");
        host.Authorizer.Demand(call.Caller, call.Right, arn);
        return host.Store.Read(session => ExecutionTable.Find(session, arn))
            ?? throw new AwsException("ExecutionDoesNotExist", $"Execution Does Not Exist: '{arn}'");
    }

    private static JsonObject Summary(ExecutionRecord execution)
    {
        var summary = new JsonObject
        {
            ["executionArn"] = execution.Arn,
            ["stateMachineArn"] = execution.MachineArn,
            ["name"] = execution.Name,
            ["status"] = execution.Status.Text(),
            ["startDate"] = Inputs.Seconds(execution.StartedAt),
        };
        if (execution.StoppedAt is { } stopped)
        {
            summary["stopDate"] = Inputs.Seconds(stopped);
        }

        return summary;
    }
}
