using System.Text.Json.Nodes;

namespace TemplateHost.Tests.Persistence;

/// <summary>A state machine of the run, and what its definition demands of every execution.</summary>
/// <param name="Name">The machine's name.</param>
/// <param name="Definition">In the States Language.</param>
/// <param name="Output">The output in which each execution ends; null where the run decides it.</param>
/// <param name="Events">The types of all events in their order; a type that ends in <c>?</c> may be missing.</param>
/// <param name="InOrder">False where branches run side by side.</param>
internal sealed record ExecutionKind(string Name, string Definition, string? Output, IReadOnlyList<string> Events, bool InOrder = true)
{
    private const string Submit = """
        "Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters":{"QueueUrl":"http://localhost/000000000000/QUEUE","MessageBody":{"token.$":"$$.Task.Token",
          "execution.$":"$$.Execution.Name"} }
        """;

    private static readonly string[] Unanswered =
    [
        "ExecutionStarted",
        "TaskStateEntered",
        "TaskScheduled",
        "TaskStarted",
        "TaskSubmitted?",
        "TaskTimedOut",
        "TaskStateExited",
        "PassStateEntered",
        "PassStateExited",
        "ExecutionSucceeded",
    ];

    /// <summary>Two waits, one by length and one by time.</summary>
    public static ExecutionKind Waits { get; } =
        new(
            "waits",
            """
            {"StartAt":"Pause","States":{"Pause":{"Type":"Wait","SecondsPath":"$.seconds","Next":"Until"},
              "Until":{"Type":"Wait","TimestampPath":"$.until","Next":"Done"},"Done":{"Type":"Pass","Result":"waited","End":true}}}
            """,
            "\"waited\"",
            [
                "ExecutionStarted",
                "WaitStateEntered",
                "WaitStateExited",
                "WaitStateEntered",
                "WaitStateExited",
                "PassStateEntered",
                "PassStateExited",
                "ExecutionSucceeded",
            ]
        );

    /// <summary>A task that always fails: tried three times, one and two seconds apart, then caught.</summary>
    public static ExecutionKind Retries { get; } =
        new(
            "retries",
            """
            {"StartAt":"Try","States":{"Try":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:dynamodb:deleteItem","End":true,
              "Parameters":{"TableName":"things","Key":{"pk":{"S":"absent"},"sk":{"N":"0"}},"ConditionExpression":"attribute_exists(pk)"},
              "Retry":[{"ErrorEquals":["DynamoDb.ConditionalCheckFailedException"],"IntervalSeconds":1,"MaxAttempts":2,"BackoffRate":2}],
              "Catch":[{"ErrorEquals":["States.TaskFailed"],"Next":"GaveUp"}]},"GaveUp":{"Type":"Pass","Result":"gave up","End":true}}}
            """,
            "\"gave up\"",
            [
                "ExecutionStarted",
                "TaskStateEntered",
                .. Enumerable.Repeat<string[]>(["TaskScheduled", "TaskStarted", "TaskFailed"], 3).SelectMany(attempt => attempt),
                "TaskStateExited",
                "PassStateEntered",
                "PassStateExited",
                "ExecutionSucceeded",
            ]
        );

    /// <summary>A wait beside a map of waits.</summary>
    public static ExecutionKind Branches { get; } =
        new(
            "branches",
            """
            {"StartAt":"Both","States":{"Both":{"Type":"Parallel","End":true,"Branches":[
              {"StartAt":"One","States":{"One":{"Type":"Wait","Seconds":2,"End":true}}},
              {"StartAt":"Each","States":{"Each":{"Type":"Map","ItemsPath":"$.items","End":true,
                "ItemProcessor":{"StartAt":"Item","States":{"Item":{"Type":"Wait","SecondsPath":"$","End":true}}}}}}],
              "ResultSelector":{"items.$":"$[1]"}}}}
            """,
            """{"items":[1,2]}""",
            [
                "ExecutionStarted",
                "ParallelStateEntered",
                "ParallelStateStarted",
                "WaitStateEntered",
                "WaitStateExited",
                "MapStateEntered",
                "MapStateStarted",
                "MapIterationStarted",
                "WaitStateEntered",
                "WaitStateExited",
                "MapIterationSucceeded",
                "MapIterationStarted",
                "WaitStateEntered",
                "WaitStateExited",
                "MapIterationSucceeded",
                "MapStateSucceeded",
                "MapStateExited",
                "ParallelStateSucceeded",
                "ParallelStateExited",
                "ExecutionSucceeded",
            ],
            InOrder: false
        );

    /// <summary>A token that nobody sends back in two seconds.</summary>
    public static ExecutionKind Timeouts { get; } = new("timeouts", Wait("unread", "\"TimeoutSeconds\":2"), "\"timed out\"", Unanswered);

    /// <summary>A token without a heartbeat for two seconds.</summary>
    public static ExecutionKind Heartbeats { get; } =
        new("heartbeats", Wait("unread", "\"TimeoutSeconds\":3600,\"HeartbeatSeconds\":2"), "\"timed out\"", Unanswered);

    /// <summary>A token that is sent back.</summary>
    public static ExecutionKind Answers { get; } =
        new(
            "answers",
            Wait("tokens", "\"TimeoutSeconds\":3600"),
            null,
            [
                "ExecutionStarted",
                "TaskStateEntered",
                "TaskScheduled",
                "TaskStarted",
                "TaskSubmitted?",
                "TaskSucceeded",
                "TaskStateExited",
                "ExecutionSucceeded",
            ]
        );

    public static IReadOnlyList<ExecutionKind> All { get; } = [Waits, Retries, Branches, Timeouts, Heartbeats, Answers];

    /// <summary>The machine as a resource of the template.</summary>
    public string Resource =>
        new JsonObject
        {
            ["Type"] = "AWS::StepFunctions::StateMachine",
            ["Properties"] = new JsonObject
            {
                ["StateMachineName"] = Name,
                ["DefinitionString"] = Definition,
                ["RoleArn"] = new JsonObject { ["Fn::GetAtt"] = new JsonArray("WorkflowRole", "Arn") },
            },
        }.ToJsonString();

    private static string Wait(string queue, string timeout) =>
        $$"""
            {"StartAt":"Ask","States":{"Ask":{ {{Submit.Replace("QUEUE", queue, StringComparison.Ordinal)}},{{timeout}},"End":true,
              "Catch":[{"ErrorEquals":["States.Timeout"],"Next":"TimedOut"}]},"TimedOut":{"Type":"Pass","Result":"timed out","End":true} } }
            """;
}
