using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Contract.Targets;

namespace TemplateHost.Tests.Contract;

/// <summary>What the contracts of state machines do again and again.</summary>
internal static class WorkflowCalls
{
    /// <summary>A machine of one state.</summary>
    public const string Short = """{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""";

    /// <summary>A machine that waits for an hour.</summary>
    public const string Long = """{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":3600,"End":true}}}""";

    public static Task<ContractAnswer> CreateMachineAsync(this IContractTarget target, string definition, string name = "m") =>
        target.CallAsync(
            "states",
            "CreateStateMachine",
            new JsonObject
            {
                ["name"] = name,
                ["definition"] = definition,
                ["roleArn"] = target.RoleArn,
            }
        );

    public static Task<ContractAnswer> StartAsync(this IContractTarget target, string machine, string input, string? name = null)
    {
        var call = new JsonObject { ["stateMachineArn"] = machine, ["input"] = input };
        if (name is not null)
        {
            call["name"] = name;
        }

        return target.CallAsync("states", "StartExecution", call);
    }

    public static Task<ContractAnswer> DescribeExecutionAsync(this IContractTarget target, string execution) =>
        target.CallAsync("states", "DescribeExecution", new JsonObject { ["executionArn"] = execution });

    /// <summary>Creates a machine, runs it and gives its description when it has ended.</summary>
    public static async Task<ContractAnswer> RunAsync(
        this IContractTarget target,
        string definition,
        string input = "{}",
        string name = "m"
    )
    {
        var machine = (await target.CreateMachineAsync(definition, name)).Text("stateMachineArn");
        var execution = (await target.StartAsync(machine, input, "x")).Text("executionArn");
        return await Waiting.UntilAsync(() => target.DescribeExecutionAsync(execution), answer => answer.Text("status") != "RUNNING");
    }

    public static async Task<List<JsonNode>> HistoryAsync(this IContractTarget target, string execution) =>
        [
            .. (await target.CallAsync("states", "GetExecutionHistory", new JsonObject { ["executionArn"] = execution }))["events"]!
                .AsArray()
                .Select(item => item!),
        ];
}
