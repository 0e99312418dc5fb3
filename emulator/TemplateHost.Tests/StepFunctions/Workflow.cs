using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Support;

namespace TemplateHost.Tests.StepFunctions;

/// <summary>Creates and runs state machines on a host.</summary>
internal sealed class Workflow(TestHost host)
{
    public TestHost Host => host;

    public async Task<string> CreateAsync(string definition, string name = "Machine")
    {
        var created = await host.CallAsync(
            "states",
            "CreateStateMachine",
            new JsonObject
            {
                ["name"] = name,
                ["definition"] = definition,
                ["roleArn"] = host.Host.Outputs["WorkflowRoleArn"],
            }
        );
        return created["stateMachineArn"]!.GetValue<string>();
    }

    public async Task<string> StartAsync(string machine, string input = "{}", string? name = null)
    {
        var request = new JsonObject { ["stateMachineArn"] = machine, ["input"] = input };
        if (name is not null)
        {
            request["name"] = name;
        }

        return (await host.CallAsync("states", "StartExecution", request))["executionArn"]!.GetValue<string>();
    }

    public Task<JsonObject> DescribeAsync(string execution) =>
        host.CallAsync("states", "DescribeExecution", new JsonObject { ["executionArn"] = execution });

    public Task<JsonObject> EndAsync(string execution) =>
        Waiting.UntilAsync(() => DescribeAsync(execution), described => described["status"]!.GetValue<string>() != "RUNNING");

    /// <summary>Runs one state machine to its end and gives its description.</summary>
    public async Task<JsonObject> RunAsync(string definition, string input = "{}") =>
        await EndAsync(await StartAsync(await CreateAsync(definition), input));

    public async Task<List<JsonNode>> HistoryAsync(string execution)
    {
        var answer = await host.CallAsync(
            "states",
            "GetExecutionHistory",
            new JsonObject { ["executionArn"] = execution, ["maxResults"] = 1000 }
        );
        return [.. answer["events"]!.AsArray().Select(node => node!.DeepClone())];
    }

    public static string Output(JsonObject described) => described["output"]!.GetValue<string>();
}
