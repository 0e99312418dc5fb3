using System.Globalization;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;

namespace TemplateHost.Tests.Persistence;

/// <summary>Executions of every kind in turn; tokens that come are sent back.</summary>
internal sealed class ExecutionLoad(string client) : Load(client)
{
    private readonly Dictionary<int, string> inputs = [];
    private readonly TokenAnswers answers = new();

    protected override async Task SendAsync(HostProcess host, int number)
    {
        if (!inputs.TryGetValue(number, out var input))
        {
            var until = DateTimeOffset
                .UtcNow.AddSeconds(3 + (number % 3))
                .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            input = new JsonObject
            {
                ["seconds"] = 1 + (number % 3),
                ["until"] = until,
                ["items"] = new JsonArray(1, 2),
            }.ToJsonString();
            inputs.Add(number, input);
        }

        try
        {
            await host.CallAsync(
                "states",
                "StartExecution",
                new()
                {
                    ["stateMachineArn"] = $"arn:aws:states:us-east-1:000000000000:stateMachine:{KindOf(number).Name}",
                    ["name"] = ExecutionOf(number),
                    ["input"] = input,
                }
            );
        }
        catch (AwsCallException refusal) when (refusal.Code == "ExecutionAlreadyExists")
        {
            // Started before a kill, and ended since.
        }
    }

    protected override async Task ReceiveAsync(HostProcess host)
    {
        await answers.SendAsync(host);
        await Task.Delay(20);
    }

    protected override async Task VerifyAsync(HostProcess last, HostLives lives, Tally tally)
    {
        tally.ExecutionsStarted += Acknowledged.Count;
        foreach (var number in Acknowledged)
        {
            JsonObject execution = [];
            var ended = await WaitAsync(async () =>
            {
                await answers.SendAsync(last);
                execution = await CallAsync(last, "DescribeExecution", number);
                return execution["status"]!.ToString() != "RUNNING";
            });
            tally.ExecutionsEnded += ended ? 1 : 0;
            var history = await HistoryAsync(last, number);
            new ExecutionVerdict(KindOf(number), ExecutionOf(number), execution, history).Tell(lives, tally);
        }

        answers.Tell(tally, await OutputsAsync(last));
    }

    private static ExecutionKind KindOf(int number) => ExecutionKind.All[number % ExecutionKind.All.Count];

    private string ExecutionOf(int number) => $"{Client}-{number}";

    private async Task<Dictionary<string, string?>> OutputsAsync(HostProcess host)
    {
        var outputs = new Dictionary<string, string?>();
        foreach (var number in Acknowledged.Where(number => KindOf(number) == ExecutionKind.Answers))
        {
            outputs[ExecutionOf(number)] = (await CallAsync(host, "DescribeExecution", number))["output"]?.ToString();
        }

        return outputs;
    }

    private async Task<List<JsonNode>> HistoryAsync(HostProcess host, int number) =>
        [.. (await CallAsync(host, "GetExecutionHistory", number))["events"]!.AsArray().Select(item => item!)];

    private Task<JsonObject> CallAsync(HostProcess host, string operation, int number) =>
        host.CallAsync(
            "states",
            operation,
            new() { ["executionArn"] = $"arn:aws:states:us-east-1:000000000000:execution:{KindOf(number).Name}:{ExecutionOf(number)}" }
        );
}
