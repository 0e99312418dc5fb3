using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>What the template promises of queues: nothing that a rule cannot deliver is lost, and no batch outlasts its function.</summary>
public sealed class QueueTests
{
    /// <summary>What one message may take: a step's function, as long as the API waits for it.</summary>
    private const int SecondsForAMessage = 29;

    private const int Margin = 15;

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void EveryRule_ThatFeedsAQueue_HasADeadLetterQueueThatLetsItIn(string stage)
    {
        var policies = Resources(stage, "AWS::SQS::QueuePolicy").Select(policy => policy.Value.ToJsonString()).ToList();
        foreach (var (id, rule) in Resources(stage, "AWS::Events::Rule"))
        {
            foreach (var target in rule["Targets"]!.AsArray())
            {
                var queue = target!["DeadLetterConfig"]?["Arn"]?["Fn::GetAtt"]?[0]?.GetValue<string>();
                Assert.True(queue is not null, $"{id} has a target without a dead-letter queue.");
                Assert.Contains(
                    policies,
                    policy => policy.Contains(queue, StringComparison.Ordinal) && policy.Contains(id, StringComparison.Ordinal)
                );
            }
        }
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void EveryMapping_OfAQueue_CannotOutlastItsFunction(string stage)
    {
        var queues = Resources(stage, "AWS::SQS::Queue");
        var functions = Resources(stage, "AWS::Lambda::Function");
        foreach (var (id, mapping) in Resources(stage, "AWS::Lambda::EventSourceMapping"))
        {
            if (mapping["EventSourceArn"]!["Fn::GetAtt"]![1]!.GetValue<string>() == "StreamArn")
            {
                continue;
            }

            var queue = queues[mapping["EventSourceArn"]!["Fn::GetAtt"]![0]!.GetValue<string>()];
            var timeout = functions[mapping["FunctionName"]!["Ref"]!.GetValue<string>()]["Timeout"]!.GetValue<int>();
            Assert.True(
                mapping["BatchSize"]!.GetValue<int>() * SecondsForAMessage + Margin <= timeout,
                $"{id}: a batch may outlast its function of {timeout} s."
            );
            Assert.True(
                queue["VisibilityTimeout"]!.GetValue<int>() >= 6 * timeout,
                $"{id}: a message may come again while it is being handled."
            );
            Assert.InRange(mapping["ScalingConfig"]!["MaximumConcurrency"]!.GetValue<int>(), 2, 100);
            Assert.NotNull(queue["RedrivePolicy"]);
        }
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Stage_IsThrottled(string stage)
    {
        var settings = Assert.Single(Resources(stage, "AWS::ApiGatewayV2::Stage")).Value["DefaultRouteSettings"]!;
        Assert.True(settings["ThrottlingRateLimit"]!.GetValue<int>() > 0 && settings["ThrottlingBurstLimit"]!.GetValue<int>() > 0);
    }

    private static Dictionary<string, JsonNode> Resources(string stage, string type) =>
        new Template(stage).Of(type).ToDictionary(resource => resource.LogicalId, resource => resource.Resource["Properties"]!);
}
