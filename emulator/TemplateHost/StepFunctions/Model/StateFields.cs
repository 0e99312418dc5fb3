namespace TemplateHost.StepFunctions.Model;

/// <summary>The fields that each type of state may have, in the JSONPath dialect; any other is refused by name.</summary>
internal static class StateFields
{
    private static readonly string[] Common = ["Type", "Comment", "QueryLanguage"];
    private static readonly string[] Paths = ["InputPath", "OutputPath"];
    private static readonly string[] Flow = ["Next", "End"];
    private static readonly string[] Payload = ["Parameters", "ResultPath"];
    private static readonly string[] Errors = ["ResultSelector", "Retry", "Catch"];

    public static readonly IReadOnlyDictionary<string, IReadOnlySet<string>> ByType = new Dictionary<string, IReadOnlySet<string>>
    {
        ["Task"] = Set(
            Paths,
            Flow,
            Payload,
            Errors,
            ["Resource", "TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath", "Credentials"]
        ),
        ["Pass"] = Set(Paths, Flow, Payload, ["Result"]),
        ["Choice"] = Set(Paths, ["Choices", "Default"]),
        ["Wait"] = Set(Paths, Flow, ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"]),
        ["Succeed"] = Set(Paths),
        ["Fail"] = Set(["Error", "ErrorPath", "Cause", "CausePath"]),
        ["Parallel"] = Set(Paths, Flow, Payload, Errors, ["Branches"]),
        ["Map"] = Set(
            Paths,
            Flow,
            Payload,
            Errors,
            ["ItemProcessor", "Iterator", "ItemsPath", "ItemSelector", "MaxConcurrency", "MaxConcurrencyPath"]
        ),
    };

    public static readonly IReadOnlySet<string> Machine = Set(["StartAt", "States", "TimeoutSeconds", "Version"]);

    public static readonly IReadOnlySet<string> Branch = Set(["StartAt", "States", "ProcessorConfig"]);

    public static readonly IReadOnlySet<string> Retry = Set([
        "ErrorEquals",
        "IntervalSeconds",
        "MaxAttempts",
        "BackoffRate",
        "MaxDelaySeconds",
        "JitterStrategy",
    ]);

    public static readonly IReadOnlySet<string> Catch = Set(["ErrorEquals", "Next", "ResultPath"]);

    /// <summary>Fields that must be paths or intrinsic functions.</summary>
    public static readonly IReadOnlyList<string> PathFields =
    [
        "InputPath",
        "OutputPath",
        "ResultPath",
        "ItemsPath",
        "TimeoutSecondsPath",
        "HeartbeatSecondsPath",
        "SecondsPath",
        "TimestampPath",
        "ErrorPath",
        "CausePath",
        "MaxConcurrencyPath",
    ];

    private static HashSet<string> Set(params ReadOnlySpan<string[]> groups)
    {
        HashSet<string> names = [.. Common];
        foreach (var group in groups)
        {
            names.UnionWith(group);
        }

        return names;
    }
}
