using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Model;
using TemplateHost.StepFunctions.Storage;

namespace TemplateHost.StepFunctions.Operations;

/// <summary>
/// CreateStateMachine, UpdateStateMachine, DeleteStateMachine, DescribeStateMachine, ListStateMachines, ValidateStateMachineDefinition.
/// </summary>
internal sealed class StateMachineOperations(HostContext host)
{
    private const int MostDiagnostics = 100;

    public async Task<JsonObject> CreateAsync(JsonCall call)
    {
        var name = call.Input.Required("name");
        var arn = host.Arn("states", $"stateMachine:{name}");
        host.Authorizer.Demand(call.Caller, call.Right, arn);
        Inputs.Named(name);
        var type = call.Input.Optional("type") ?? "STANDARD";
        StateMachineDefinition.Demand(call.Input.Required("definition"), type);
        if (type != "STANDARD")
        {
            throw new AwsException(
                "StateMachineTypeNotSupported",
                $"State machines of the type {type} are not served by the embedded host."
            );
        }

        var machine = Checked(
            new StateMachineRecord(arn, name, 0, call.Input.Required("definition"), call.Input.Required("roleArn"), host.Now())
            {
                Logging = LoggingConfiguration.Read(call.Input["loggingConfiguration"] as JsonObject),
            }
        );
        var kept = await host.Store.WriteAsync(session =>
            MachineTable.Find(session, arn) is { } existing
                ? (existing.Definition, existing.RoleArn, existing.Logging) == (machine.Definition, machine.RoleArn, machine.Logging)
                    ? existing
                    : throw new AwsException("StateMachineAlreadyExists", $"State Machine Already Exists: '{arn}'")
                : MachineTable.Put(session, machine)
        );
        return new JsonObject { ["stateMachineArn"] = arn, ["creationDate"] = Inputs.Seconds(kept.CreatedAt) };
    }

    /// <summary>Creates a machine or gives it a new revision; the deployment's way in.</summary>
    public Task<StateMachineRecord> PutAsync(StateMachineRecord machine)
    {
        var parsed = Checked(machine);
        return host.Store.WriteAsync(session => MachineTable.Put(session, parsed));
    }

    public async Task<JsonObject> UpdateAsync(JsonCall call)
    {
        var existing = Find(call);
        if (!new[] { "definition", "roleArn", "loggingConfiguration" }.Any(member => call.Input[member] is not null))
        {
            throw new AwsException(
                "MissingRequiredParameter",
                "Either the definition, the role ARN, the LoggingConfiguration, EncryptionConfiguration or the TracingConfiguration "
                    + "must be specified"
            );
        }

        await PutAsync(
            existing with
            {
                Definition = call.Input.Optional("definition") ?? existing.Definition,
                RoleArn = call.Input.Optional("roleArn") ?? existing.RoleArn,
                Logging = LoggingConfiguration.Read(call.Input["loggingConfiguration"] as JsonObject) ?? existing.Logging,
            }
        );
        return new JsonObject { ["updateDate"] = Inputs.Seconds(host.Now()) };
    }

    /// <summary>Deletes; a machine that does not exist is deleted already.</summary>
    public async Task<JsonObject> DeleteAsync(JsonCall call)
    {
        var arn = call.Input.Arn("stateMachineArn");
        host.Authorizer.Demand(call.Caller, call.Right, arn);
        await host.Store.WriteAsync(session => MachineTable.Delete(session, arn));
        return [];
    }

    public Task<JsonObject> DescribeAsync(JsonCall call)
    {
        var machine = Find(call);
        return Task.FromResult(
            new JsonObject
            {
                ["stateMachineArn"] = machine.Arn,
                ["name"] = machine.Name,
                ["status"] = "ACTIVE",
                ["definition"] = machine.Definition,
                ["roleArn"] = machine.RoleArn,
                ["type"] = "STANDARD",
                ["creationDate"] = Inputs.Seconds(machine.CreatedAt),
                ["loggingConfiguration"] = machine.Logging is { } logging ? JsonNode.Parse(logging) : LoggingConfiguration.None,
                ["tracingConfiguration"] = new JsonObject { ["enabled"] = false },
            }
        );
    }

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        host.Authorizer.Demand(call.Caller, call.Right, "*");
        var machines = host.Store.Read(MachineTable.List);
        var from = (int)(call.Input.PageStart() ?? 0);
        var page = machines.Skip(from).Take(call.Input.MaxResults()).ToList();
        var answer = new JsonObject
        {
            ["stateMachines"] = new JsonArray([
                .. page.Select(machine => new JsonObject
                {
                    ["stateMachineArn"] = machine.Arn,
                    ["name"] = machine.Name,
                    ["type"] = "STANDARD",
                    ["creationDate"] = Inputs.Seconds(machine.CreatedAt),
                }),
            ]),
        };
        if (from + page.Count < machines.Count)
        {
            answer["nextToken"] = Inputs.PageToken(from + page.Count);
        }

        return Task.FromResult(answer);
    }

    public Task<JsonObject> ValidateAsync(JsonCall call)
    {
        host.Authorizer.Demand(call.Caller, call.Right, "*");
        var all = StateMachineDefinition.FaultsOf(call.Input.Required("definition"), call.Input.Optional("type") ?? "STANDARD");
        var most = call.Input["maxResults"]?.GetValue<int>() is > 0 and var given ? given : MostDiagnostics;
        var faults = all.Take(Math.Min(most, MostDiagnostics)).ToList();
        return Task.FromResult(
            new JsonObject
            {
                ["result"] = all.Count == 0 ? "OK" : "FAIL",
                ["diagnostics"] = new JsonArray([
                    .. faults.Select(fault => new JsonObject
                    {
                        ["severity"] = "ERROR",
                        ["code"] = fault.Code,
                        ["message"] = fault.Message,
                        ["location"] = fault.Location,
                    }),
                ]),
                ["truncated"] = faults.Count < all.Count,
            }
        );
    }

    private StateMachineRecord Find(JsonCall call)
    {
        var arn = call.Input.Arn("stateMachineArn");
        host.Authorizer.Demand(call.Caller, call.Right, arn);
        return host.Store.Read(session => MachineTable.Find(session, arn))
            ?? throw new AwsException("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn}'");
    }

    private static StateMachineRecord Checked(StateMachineRecord machine)
    {
        StateMachineDefinition.Demand(machine.Definition, "STANDARD");
        return machine.RoleArn.StartsWith("arn:aws:iam::", StringComparison.Ordinal)
            ? machine
            : throw new AwsException("InvalidArn", $"Invalid Arn: 'Invalid role ARN: {machine.RoleArn}'");
    }
}
