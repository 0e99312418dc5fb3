using System.Text.Json.Nodes;
using TemplateHost.Gateway.Faults;
using TemplateHost.Tests.Support;
using Xunit;
using static TemplateHost.Tests.Lambda.Invocations;

namespace TemplateHost.Tests.Lambda;

/// <summary>A function in the host's process ends as one in a process of its own would.</summary>
public sealed class InProcessTests
{
    private const string Table = """
        , "Table": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "table", "BillingMode": "PAY_PER_REQUEST",
          "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }],
          "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }] } }
        """;

    private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource mayGoOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception?> written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Invoke_LongerThanTimeout_MakesNoCallAfterwards()
    {
        await using var host = await StartAsync(plan: null);
        var call = InvokeAsync(host, "Put", "{}");
        await entered.Task;
        while (!call.IsCompleted)
        {
            host.Time.Advance(TimeSpan.FromSeconds(3));
            await Task.Delay(10);
        }

        mayGoOn.SetResult();

        Assert.EndsWith("timed out after 3.00 seconds", (await call).Body["errorMessage"]!.ToString(), StringComparison.Ordinal);
        Assert.NotNull(await written.Task);
        Assert.False(await HasItemAsync(host));
    }

    [Theory]
    [InlineData(FaultKind.CrashBefore, false)]
    [InlineData(FaultKind.CrashAfter, true)]
    public async Task Invoke_CrashedAtACall_EndsWithoutHearingOfIt(FaultKind kind, bool isWritten)
    {
        mayGoOn.SetResult();
        var plan = new FaultPlan(seed: 1) { Choose = call => call.Origin == "Put" ? new FaultRule(kind, 1) : null };
        await using var host = await StartAsync(plan);

        var answer = await InvokeAsync(host, "Put", "{}");

        Assert.Equal(("Unhandled", "Runtime.ExitError"), (answer.Error, answer.Body["errorType"]!.ToString()));
        Assert.NotNull(await written.Task);
        Assert.Equal(isWritten, await HasItemAsync(host));
    }

    private async Task<TestHost> StartAsync(FaultPlan? plan)
    {
        TestHost host = null!;
        host = await TestHost.StartAsync(
            TestHost.Template(ShellFunctions.Resource("Put") + Table),
            factory: _ => (_, _) => PutAsync(host),
            plan: plan
        );
        return host;
    }

    private async Task<Stream> PutAsync(TestHost host)
    {
        entered.TrySetResult();
        await mayGoOn.Task;
        try
        {
            await host.CallAsync("dynamodb", "PutItem", new JsonObject { ["TableName"] = "table", ["Item"] = Key() });
            written.SetResult(null);
        }
        catch (Exception fault)
        {
            written.SetResult(fault);
            throw;
        }

        return new MemoryStream("{}"u8.ToArray());
    }

    private static async Task<bool> HasItemAsync(TestHost host) =>
        (await host.CallAsync("dynamodb", "GetItem", new JsonObject { ["TableName"] = "table", ["Key"] = Key() })).ContainsKey("Item");

    private static JsonObject Key() => new() { ["pk"] = new JsonObject { ["S"] = "a" } };
}
