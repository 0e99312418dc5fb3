using TemplateHost.Tests.Lambda;
using TemplateHost.Tests.Support;

namespace TemplateHost.Tests.Persistence;

/// <summary>What the run works on.</summary>
internal static class KillTemplate
{
    public static string Text =>
        TestHost.Template(
            string.Join(
                ",\n",
                [
                    Table("things"),
                    Table("ordered", ""","StreamSpecification": { "StreamViewType": "KEYS_ONLY" }"""),
                    Table(
                        "expiring",
                        """
                        ,"StreamSpecification": { "StreamViewType": "KEYS_ONLY" },
                          "TimeToLiveSpecification": { "AttributeName": "expiresAt", "Enabled": true }
                        """
                    ),
                    """
                    "Documents": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "documents",
                      "LifecycleConfiguration": { "Rules": [
                      { "Status": "Enabled", "Prefix": "temporary/", "ExpirationInDays": 1,
                        "AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 1 } } ] } } }
                    """,
                    .. new[] { "work", "delayed", "hidden", "tokens", "unread", "events", "buried" }.Select(name => Queue(name)),
                    Queue("work.fifo", ""","FifoQueue": true"""),
                    Queue(
                        "collected",
                        """
                        ,"VisibilityTimeout": 1, "RedrivePolicy": { "deadLetterTargetArn": { "Fn::GetAtt": ["buriedQueue", "Arn"] },
                          "maxReceiveCount": 2 }
                        """
                    ),
                    Rule,
                    ShellFunctions.Resource("Collect"),
                    ShellFunctions.Resource("Stream"),
                    Mapping(
                        "Collect",
                        """{ "Fn::GetAtt": ["collectedQueue", "Arn"] }""",
                        """, "BatchSize": 5, "FunctionResponseTypes": ["ReportBatchItemFailures"]"""
                    ),
                    Mapping(
                        "Stream",
                        """{ "Fn::GetAtt": ["orderedTable", "StreamArn"] }""",
                        """, "BatchSize": 25, "StartingPosition": "TRIM_HORIZON" """
                    ),
                    .. ExecutionKind.All.Select(kind => $"\"{kind.Name}Machine\": {kind.Resource}"),
                ]
            )
        );

    private const string Rule = """
        "LateRule": { "Type": "AWS::Events::Rule", "Properties": { "EventPattern": { "source": ["late"] },
          "Targets": [{ "Id": "t", "Arn": "arn:aws:sqs:us-east-1:000000000000:late", "InputPath": "$.detail" }] } },
        "Rule": { "Type": "AWS::Events::Rule", "Properties": { "EventPattern": { "source": ["kill"],
          "detail": { "name": [{ "exists": true }] } },
          "Targets": [{ "Id": "t", "Arn": { "Fn::GetAtt": ["eventsQueue", "Arn"] }, "InputPath": "$.detail" }] } },
        "Policy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [{ "Ref": "eventsQueue" }],
          "PolicyDocument": { "Version": "2012-10-17", "Statement": [
          { "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": "sqs:SendMessage",
            "Resource": { "Fn::GetAtt": ["eventsQueue", "Arn"] } } ] } } }
        """;

    private static string Table(string name, string more = "") =>
        $$"""
            "{{name}}Table": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "{{name}}", "BillingMode": "PAY_PER_REQUEST",
              "AttributeDefinitions": [ { "AttributeName": "pk", "AttributeType": "S" }, { "AttributeName": "sk", "AttributeType": "N" } ],
              "KeySchema": [ { "AttributeName": "pk", "KeyType": "HASH" }, { "AttributeName": "sk", "KeyType": "RANGE" } ]{{more}} } }
            """;

    private static string Queue(string name, string more = "") =>
        $$"""
            "{{name.Replace(
                ".",
                "",
                StringComparison.Ordinal
            )}}Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "{{name}}"{{more}} } }
            """;

    private static string Mapping(string function, string source, string more) =>
        $$"""
            "{{function}}Mapping": { "Type": "AWS::Lambda::EventSourceMapping", "Properties": { "FunctionName": { "Ref": "{{function}}" },
              "EventSourceArn": {{source}}{{more}} } }
            """;
}
