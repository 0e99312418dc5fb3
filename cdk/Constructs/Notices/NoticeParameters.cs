using Amazon.CDK;
using Constructs;
using FairShare.Cdk.Constructs.Operations;

namespace FairShare.Cdk.Constructs.Notices;

/// <summary>What the stack of notices is told of the service: its outputs of the same names.</summary>
public sealed class NoticeParameters
{
    public NoticeParameters(Construct scope)
    {
        ApiUrl = Text(scope, "ApiUrl", "https?://[^\\s/]+/?");
        EventBusName = Text(scope, "EventBusName", "[A-Za-z0-9_./-]{1,256}");
        StreamArn = Text(scope, "EvidenceStreamArn", "arn:[^\\s]+:table/[a-zA-Z0-9_.-]+/stream/[^\\s]+");
        TableName = Text(scope, "WebhookTableName", "[a-zA-Z0-9_.-]{3,255}");
        AlarmTopic = AlarmBoard.Topic(scope);
    }

    /// <summary>Where a mail program unsubscribes.</summary>
    public string ApiUrl { get; }

    public string EventBusName { get; }

    public string StreamArn { get; }

    public string TableName { get; }

    /// <summary>The topic that is told of alarms; empty for none.</summary>
    public string AlarmTopic { get; }

    private static string Text(Construct scope, string name, string pattern) =>
        new CfnParameter(
            scope,
            name,
            new CfnParameterProps
            {
                Type = "String",
                Description = $"The output {name} of the service's stack.",
                AllowedPattern = pattern,
            }
        ).ValueAsString;
}
