namespace FairShare.Scenarios.Tests.Scale;

/// <summary>A quota that an exchange draws on.</summary>
/// <param name="Name">As AWS, or this project, calls it.</param>
/// <param name="Need">What of an exchange it counts, by the name under which it was recorded.</param>
/// <param name="Burst">How many at once.</param>
/// <param name="PerSecond">How many a second.</param>
/// <param name="Next">What to do where it binds.</param>
internal sealed record Quota(string Name, string Need, double Burst, double PerSecond, string Next)
{
    /// <summary>
    /// The quotas that a new account has, by the documents of AWS in November 2026; the first is the service's own.
    /// </summary>
    /// <param name="isLargeRegion">Whether it is us-east-1, us-west-2 or eu-west-1, where Step Functions allows more.</param>
    /// <param name="isGrown">Whether the stage's own bound and the table's warm throughput were raised beforehand.</param>
    public static IReadOnlyList<Quota> Of(bool isLargeRegion, bool isGrown) =>
        [
            isGrown
                ? new("API Gateway, of the account", Api, 5000, 10_000, "ask for more, or a second account")
                : new("the stage's own bound", Api, 1000, 500, "`RequestsPerSecond` in `DeploymentStage`, up to the account's 10,000"),
            // A function runs for some 0.15 s: so many start in a second where a thousand may run at once.
            new("Lambda, running at once", Lambda, 1000, 1000 / FunctionSeconds, "ask for more; it then grows by 1,000 a function in 10 s"),
            isGrown
                ? new("DynamoDB, writes of the table", Writes, 40_000, 40_000, "ask for more; or a second store")
                : new("DynamoDB, writes of a new table", Writes, 4000, 4000, "warm throughput, before the load comes"),
            isLargeRegion
                ? new("Step Functions, StartExecution", Start, 1300, 300, "ask for more; it takes effect within a day")
                : new("Step Functions, StartExecution", Start, 800, 150, "ask for more; or a larger region"),
            isLargeRegion
                ? new("Step Functions, SendTaskSuccess", Success, 3000, 500, "ask for more")
                : new("Step Functions, SendTaskSuccess", Success, 1500, 300, "ask for more"),
            isLargeRegion
                ? new("Step Functions, state transitions", Transitions, 5000, 5000, "ask for more")
                : new("Step Functions, state transitions", Transitions, 800, 800, "ask for more"),
            new("KMS, operations of elliptic curves", Kms, 1000, 1000, "ask for more; or a second store, since a seal is one key's"),
            isLargeRegion
                ? new("EventBridge, PutEvents", Events, 10_000, 10_000, "ask for more")
                : new("EventBridge, PutEvents", Events, 600, 600, "ask for more"),
        ];

    /// <summary>How long a function is assumed to run, in seconds.</summary>
    public const double FunctionSeconds = 0.15;

    public const string Api = "apiGateway.httpRequest";
    public const string Lambda = "lambda.request";
    public const string Writes = "dynamodb.writeRequestUnit";
    public const string Start = "StartExecution";
    public const string Success = "SendTaskSuccess";
    public const string Transitions = "stepFunctions.stateTransition";
    public const string Kms = "kms.eccOperation";
    public const string Events = "eventBridge.event";
}
