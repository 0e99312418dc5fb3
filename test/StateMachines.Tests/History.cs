using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FairShare.Local.Tests.Support;
using FairShare.Testing;

namespace FairShare.StateMachines.Tests;

/// <summary>The history of one exchange's execution, as an operator reads it.</summary>
internal sealed class History(List<JsonNode> events)
{
    /// <summary>The states in the order in which they were entered.</summary>
    public IEnumerable<string> States => Events.Where(item => Type(item).EndsWith("StateEntered", StringComparison.Ordinal)).Select(item => item["stateEnteredEventDetails"]!["name"]!.GetValue<string>());

    public IReadOnlyList<JsonNode> Events => events;

    public JsonNode Single(string type) => Events.Single(item => Type(item) == type);

    public int Count(string type) => Events.Count(item => Type(item) == type);

    /// <summary>Reads the history once the execution has ended.</summary>
    public static async Task<History> OfEndedAsync(TestHost host, string exchangeId)
    {
        var execution = ExecutionOf(host, exchangeId);
        for (var attempt = 0; attempt < 18_000; attempt++)
        {
            if (!await IsRunningAsync(host, exchangeId))
            {
                break;
            }

            await Task.Delay(50);
        }

        var answer = await CallAsync(host, "GetExecutionHistory", new JsonObject { ["executionArn"] = execution, ["maxResults"] = 1000 });
        return new History([.. answer["events"]!.AsArray().Select(item => item!)]);
    }

    /// <summary>Whether the execution, ended or not, has come by a state.</summary>
    public static async Task<bool> HasEnteredAsync(TestHost host, string exchangeId, string state)
    {
        var input = new JsonObject { ["executionArn"] = ExecutionOf(host, exchangeId), ["maxResults"] = 1000, ["reverseOrder"] = true };
        var answer = await CallAsync(host, "GetExecutionHistory", input);
        return new History([.. answer["events"]!.AsArray().Select(item => item!)]).States.Contains(state);
    }

    public static async Task<bool> IsRunningAsync(TestHost host, string exchangeId)
    {
        var described = await CallAsync(host, "DescribeExecution", new JsonObject { ["executionArn"] = ExecutionOf(host, exchangeId) });
        return described["status"]!.GetValue<string>() == "RUNNING";
    }

    private static string ExecutionOf(TestHost host, string exchangeId)
    {
        var machine = host.Embedded.Outputs["ExchangeStateMachineArn"];
        return $"{machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{exchangeId}";
    }

    private static async Task<JsonNode> CallAsync(TestHost host, string operation, JsonObject input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Embedded.AwsUrl + "/") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(input.ToJsonString())) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        request.Headers.Add("X-Amz-Target", "AWSStepFunctions." + operation);
        var (key, secret) = host.Embedded.RootCredentials;
        await new RequestSigner(key, secret, null, TimeProvider.System).SignAsync(request, "states");
        using var response = await host.Http.SendAsync(request);
        return JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
    }

    private static string Type(JsonNode item) => item["type"]!.GetValue<string>();
}
