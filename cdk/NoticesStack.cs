using Amazon.CDK;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Notices;
using FairShare.Cdk.Constructs.Operations;

namespace FairShare.Cdk;

/// <summary>What the stack of notices is made of.</summary>
public sealed class NoticesStackProps : StackProps
{
    public required DeploymentStage Stage { get; init; }

    /// <summary>The published functions; null to publish them.</summary>
    public required string? FunctionsDirectory { get; init; }
}

/// <summary>The mail of a service in the same account and region; composition only.</summary>
public sealed class NoticesStack : Stack
{
    /// <exception cref="ArgumentException">No address is given to send from.</exception>
    public NoticesStack(Construct scope, string id, NoticesStackProps props)
        : base(scope, id, props)
    {
        ArgumentNullException.ThrowIfNull(props);
        var from =
            props.Stage.NoticeSender
            ?? throw new ArgumentException("Notices need an address that SES has verified: -c ses=ADDRESS.", nameof(props));
        var functions = new FunctionFactory(
            this,
            new FunctionFactoryProps(props.Stage, props.FunctionsDirectory, Amazon.CDK.Aws.ACCOUNT_ID)
        );
        var parameters = new NoticeParameters(this);
        var sender = new NoticeSender(this, "Notices", new NoticeSenderProps(from, functions, parameters));
        NoticeAlarms.AddTo(new AlarmBoard(this, "Alarms", props.Stage, parameters.AlarmTopic), sender.Queue.DeadLetters);
        _ = new CfnOutput(this, "NoticeDeadLetterQueueUrl", new CfnOutputProps { Value = sender.Queue.DeadLetters.QueueUrl });
    }
}
