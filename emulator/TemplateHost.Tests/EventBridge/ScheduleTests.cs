using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Sqs;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.EventBridge;

/// <summary>Rules with a rate: when their events come, and which rates there are.</summary>
public sealed class ScheduleTests
{
    private const string Hourly = """
        "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox" } },
        "Rule": { "Type": "AWS::Events::Rule", "Properties": { "ScheduleExpression": "rate(1 hour)",
          "Targets": [{ "Id": "t", "Arn": { "Fn::GetAtt": ["Queue", "Arn"] }, "InputPath": "$.detail-type" }] } },
        "Policy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [{ "Ref": "Queue" }],
          "PolicyDocument": { "Version": "2012-10-17", "Statement": [
          { "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": "sqs:SendMessage",
            "Resource": { "Fn::GetAtt": ["Queue", "Arn"] } } ] } } }
        """;

    [Fact]
    public async Task Rate_OfAnHour_BringsOneEventAnHourAndAfterARestartToo()
    {
        var host = await TestHost.StartAsync(TestHost.Template(Hourly));
        await PassAsync(host, 59);
        Assert.Empty(await BodiesAsync(host));
        await PassAsync(host, 2);
        var bodies = await Waiting.UntilAsync(() => BodiesAsync(host), found => found.Count > 0);
        Assert.Equal(["\"Scheduled Event\""], bodies);
        await using var again = await host.RestartAsync(TestHost.Template(Hourly));
        // What falls due while the host stands still, or in one leap of its clock, is one event.
        again.Time.Advance(TimeSpan.FromHours(5));
        bodies = await Waiting.UntilAsync(() => BodiesAsync(again), found => found.Count > 0);
        Assert.Single(bodies);
    }

    [Theory]
    [InlineData("rate(1 minutes)")]
    [InlineData("rate(2 minute)")]
    [InlineData("rate(0 hours)")]
    [InlineData("cron(0 10 * * ? *)")]
    [InlineData("hourly")]
    public async Task PutRule_ScheduleThatIsNotServed_IsRefused(string schedule)
    {
        await using var host = await TestHost.StartAsync();
        var input = new JsonObject { ["Name"] = "r", ["ScheduleExpression"] = schedule };
        using var refused = await host.SendAsync("events", "PutRule", input);
        Assert.Contains("ValidationException", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutRule_WithARate_IsShown()
    {
        await using var host = await TestHost.StartAsync();
        await host.CallAsync("events", "PutRule", new JsonObject { ["Name"] = "r", ["ScheduleExpression"] = "rate(5 minutes)" });
        var rule = await host.CallAsync("events", "DescribeRule", new JsonObject { ["Name"] = "r" });
        Assert.Equal(("rate(5 minutes)", null), (rule["ScheduleExpression"]!.GetValue<string>(), rule["EventPattern"]));
    }

    private static async Task PassAsync(TestHost host, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            host.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
    }

    private static Task<List<string>> BodiesAsync(TestHost host) => new Queues(host).BodiesAsync($"{host.Host.AwsUrl}/000000000000/inbox");
}
