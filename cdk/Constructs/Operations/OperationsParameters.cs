using Amazon.CDK;
using Constructs;

namespace FairShare.Cdk.Constructs.Operations;

/// <summary>What the stack is told of the service that it watches, and whom auditor and canary believe.</summary>
public sealed class OperationsParameters
{
    private const string QueueUrl = "https?://[^/]+/[0-9]{12}/[a-zA-Z0-9_.-]{1,80}";

    public OperationsParameters(Construct scope)
    {
        ApiUrl = Text(scope, "ApiUrl", "The output ApiUrl of the service's stack.", "https?://[^/]+(/.*)?");
        ApiId = Output(scope, "ApiId", "[a-z0-9]{1,32}");
        StateMachine = Output(scope, "ExchangeStateMachineArn", "arn:[^\\s]+:stateMachine:[^:\\s]+");
        Sequencer = Output(scope, "LogSequencerName", "[a-zA-Z0-9_-]{1,64}");
        ReceiptFunction = Output(scope, "SubmitReceiptName", "[a-zA-Z0-9_-]{1,64}");
        DeadLetterQueues = [.. DeadLetters.Select(output => (output, QueueOf(Output(scope, output, QueueUrl))))];
        TableName = Text(scope, "EvidenceTableName", "The output EvidenceTableName of the service's stack.", "[a-zA-Z0-9_.-]{3,255}");
        LogBucketName = Text(scope, "LogBucketName", "The output LogBucketName of the service's stack.", "[a-z0-9.-]{3,63}");
        StoreKeys = Text(
            scope,
            "StoreKeys",
            "Thumbprints of the store's keys, as you know them: auditor and canary believe these, and those that they lead to.",
            "[A-Za-z0-9_-]{43}(,[A-Za-z0-9_-]{43})*"
        );
        LogKey = Text(scope, "LogKey", "The log's verifier key, as you know it.", "[^+\\s]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]+");
        AlarmTopic = AlarmBoard.Topic(scope);
        Leaves = Number(scope, "LeavesAtOnce", "How many leaves that are new an audit reads at most.", 20_000);
        SweptItems = Number(
            scope,
            "SweptItems",
            "How many items of the table an audit sweeps, and how many old leaves it reads again, at most.",
            5_000
        );
    }

    /// <summary>The outputs of the service's stack that name the queues of what could not be handled.</summary>
    public static IReadOnlyList<string> DeadLetters { get; } =
    [
        "ProtocolDeadLetterQueueUrl",
        "EndingsDeadLetterQueueUrl",
        "UndeliveredQueueUrl",
        "WebhookEventsDeadLetterQueueUrl",
        "WebhookDeliveriesDeadLetterQueueUrl",
    ];

    public string ApiUrl { get; }

    public string ApiId { get; }

    public string StateMachine { get; }

    /// <summary>The name of the function that enters tokens into the log.</summary>
    public string Sequencer { get; }

    /// <summary>The name of the function that takes receipts.</summary>
    public string ReceiptFunction { get; }

    /// <summary>The queues of what could not be handled: each with its output and its name.</summary>
    public IReadOnlyList<(string Output, string Queue)> DeadLetterQueues { get; }

    public string TableName { get; }

    public string LogBucketName { get; }

    public string StoreKeys { get; }

    public string LogKey { get; }

    public string AlarmTopic { get; }

    public string Leaves { get; }

    public string SweptItems { get; }

    private static string Output(Construct scope, string name, string pattern) =>
        Text(scope, name, $"The output {name} of the service's stack.", pattern);

    // The name is what follows the account's id.
    private static string QueueOf(string url) => Fn.Select(4, Fn.Split("/", url));

    private static string Text(Construct scope, string name, string description, string pattern) =>
        new CfnParameter(
            scope,
            name,
            new CfnParameterProps
            {
                Type = "String",
                Description = description,
                AllowedPattern = pattern,
            }
        ).ValueAsString;

    private static string Number(Construct scope, string name, string description, int otherwise) =>
        new CfnParameter(
            scope,
            name,
            new CfnParameterProps
            {
                Type = "Number",
                Description = description,
                Default = otherwise,
                MinValue = 1,
            }
        ).ValueAsString;
}
