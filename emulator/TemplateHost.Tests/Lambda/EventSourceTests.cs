using TemplateHost.Testing;
using TemplateHost.Tests.Sqs;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Lambda;

public sealed class EventSourceTests
{
    private const string Queues = """
        ,"Dead": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "dead" } },
        "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "work", "VisibilityTimeout": 30,
          "RedrivePolicy": { "deadLetterTargetArn": { "Fn::GetAtt": ["Dead", "Arn"] }, "maxReceiveCount": 2 } } },
        "Mapping": { "Type": "AWS::Lambda::EventSourceMapping", "Properties": { "BatchSize": 10,
          "EventSourceArn": { "Fn::GetAtt": ["Queue", "Arn"] },
          "FunctionName": { "Ref": "Batch" }, "FunctionResponseTypes": ["ReportBatchItemFailures"] } }
        """;

    [Fact]
    public async Task Batch_WithOneBadMessage_RetriesThatOneAndThenBuriesIt()
    {
        using var functions = new ShellFunctions();
        await using var host = await TestHost.StartAsync(
            TestHost.Template(ShellFunctions.Resource("Batch") + Queues),
            functions: functions.Location
        );
        var queues = new Queues(host);
        var work = $"{host.Host.AwsUrl}/000000000000/work";
        await queues.SendAsync(work, "good");
        await queues.SendAsync(work, "bad");
        await Waiting.UntilAsync(() => CountsAsync(host), counts => counts == ("0", "1"));
        var buried = await Waiting.UntilAsync(
            () =>
            {
                host.Time.Advance(TimeSpan.FromSeconds(31));
                return queues.BodiesAsync($"{host.Host.AwsUrl}/000000000000/dead");
            },
            bodies => bodies.Count > 0
        );
        Assert.Equal(["bad"], buried);
        Assert.Equal(("0", "0"), await CountsAsync(host));
    }

    [Fact]
    public async Task Restart_WhileAFunctionHasAMessage_HandsItOverAgainAtOnce()
    {
        var given = new BatchFunction();
        var host = await StartAsync(given);
        await new Queues(host).SendAsync(Work(host), "first");
        await given.NextAsync();
        await host.Host.DisposeAsync();

        await using var again = await StartAsync(given, host);
        (await given.NextAsync()).SetResult([]);

        await Waiting.UntilAsync(() => CountsAsync(again), counts => counts == ("0", "0"));
    }

    [Fact]
    public async Task Restart_AfterAFunctionCouldNotHandleAMessage_KeepsItHidden()
    {
        var given = new BatchFunction();
        var host = await StartAsync(given);
        await new Queues(host).SendAsync(Work(host), "bad");
        (await given.NextAsync()).SetResult(given.Bodies.Keys);
        await new Queues(host).SendAsync(Work(host), "good");
        (await given.NextAsync()).SetResult([]);
        await Waiting.UntilAsync(() => CountsAsync(host), counts => counts == ("0", "1"));
        await host.Host.DisposeAsync();

        await using var again = await StartAsync(given, host);
        await new Queues(again).SendAsync(Work(again), "last");
        (await given.NextAsync()).SetResult([]);

        await Waiting.UntilAsync(() => CountsAsync(again), counts => counts == ("0", "1"));
        Assert.Equal(["bad", "good", "last"], given.Bodies.Values);
    }

    private static string Work(TestHost host) => $"{host.Host.AwsUrl}/000000000000/work";

    private static Task<TestHost> StartAsync(BatchFunction given, TestHost? before = null) =>
        TestHost.StartAsync(
            TestHost.Template(ShellFunctions.Resource("Batch") + Queues),
            before?.Time,
            before?.Directory,
            factory: _ => (payload, _) => given.InvokeAsync(payload)
        );

    private static async Task<(string Visible, string InFlight)> CountsAsync(TestHost host)
    {
        var answer = await host.CallAsync(
            "sqs",
            "GetQueueAttributes",
            new System.Text.Json.Nodes.JsonObject
            {
                ["QueueUrl"] = $"{host.Host.AwsUrl}/000000000000/work",
                ["AttributeNames"] = new System.Text.Json.Nodes.JsonArray("All"),
            }
        );
        var attributes = answer["Attributes"]!;
        return (attributes["ApproximateNumberOfMessages"]!.ToString(), attributes["ApproximateNumberOfMessagesNotVisible"]!.ToString());
    }
}
