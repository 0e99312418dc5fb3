using Amazon.CDK;
using Constructs;

namespace FairShare.Cdk.Constructs.Operations;

/// <summary>What the auditor is told of the service that it audits, and whom it believes.</summary>
public sealed class AuditorParameters
{
    public AuditorParameters(Construct scope)
    {
        TableName = Text(scope, "EvidenceTableName", "The output EvidenceTableName of the service's stack.", "[a-zA-Z0-9_.-]{3,255}");
        LogBucketName = Text(scope, "LogBucketName", "The output LogBucketName of the service's stack.", "[a-z0-9.-]{3,63}");
        StoreKeys = Text(
            scope,
            "StoreKeys",
            "Thumbprints of the store's keys, as you know them: the audit believes these, and those that they lead to.",
            "[A-Za-z0-9_-]{43}(,[A-Za-z0-9_-]{43})*"
        );
        LogKey = Text(scope, "LogKey", "The log's verifier key, as you know it.", "[^+\\s]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]+");
        AlarmTopic = new CfnParameter(
            scope,
            "AlarmTopicArn",
            new CfnParameterProps
            {
                Type = "String",
                Description = "The topic that is told of alarms; none by default.",
                Default = "",
            }
        ).ValueAsString;
        Leaves = Number(scope, "LeavesAtOnce", "How many leaves that are new an audit reads at most.", 20_000);
        SweptItems = Number(
            scope,
            "SweptItems",
            "How many items of the table an audit sweeps, and how many old leaves it reads again, at most.",
            5_000
        );
    }

    public string TableName { get; }

    public string LogBucketName { get; }

    public string StoreKeys { get; }

    public string LogKey { get; }

    public string AlarmTopic { get; }

    public string Leaves { get; }

    public string SweptItems { get; }

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
