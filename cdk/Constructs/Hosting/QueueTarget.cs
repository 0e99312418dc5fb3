using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SQS;
using Amazon.JSII.Runtime.Deputy;

namespace FairShare.Cdk.Constructs.Hosting;

/// <summary>
/// A queue to which a rule sends. The rule may send and nothing else: CDK's own target would let it ask for the queue's settings too.
/// </summary>
/// <param name="queue">The queue.</param>
/// <param name="message">What is sent of an event.</param>
/// <param name="undelivered">Takes what the queue does not; null where nothing does.</param>
internal sealed class QueueTarget(IQueue queue, RuleTargetInput message, Queue? undelivered = null) : DeputyBase, IRuleTarget
{
    public IRuleTargetConfig Bind(IRule rule, string? id = null)
    {
        Allow(queue, rule);
        if (undelivered is not null)
        {
            Allow(undelivered, rule);
        }

        return new RuleTargetConfig
        {
            Arn = queue.QueueArn,
            Input = message,
            TargetResource = queue,
            DeadLetterConfig = undelivered is null
                ? null
                : new Amazon.CDK.AWS.Events.CfnRule.DeadLetterConfigProperty { Arn = undelivered.QueueArn },
        };
    }

    private static void Allow(IQueue to, IRule rule) =>
        to.AddToResourcePolicy(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Principals = [new ServicePrincipal("events.amazonaws.com")],
                    Actions = ["sqs:SendMessage"],
                    Resources = [to.QueueArn],
                    Conditions = new Dictionary<string, object>
                    {
                        ["ArnEquals"] = new Dictionary<string, object> { ["aws:SourceArn"] = rule.RuleArn },
                    },
                }
            )
        );
}
