using System.Text.Json.Nodes;

namespace TemplateHost.EventBridge.Model;

/// <summary>A rule of an event bus. Written as JSON.</summary>
/// <param name="Pattern">The event pattern's text; empty where the rule has none.</param>
internal sealed record Rule(
    string Name,
    string Bus,
    string Arn,
    string Pattern,
    bool Enabled,
    string? Description,
    IReadOnlyList<RuleTarget> Targets
)
{
    /// <summary>The schedule's text, for example <c>rate(1 hour)</c>; null where the rule has none.</summary>
    public string? Schedule { get; init; }
}

/// <summary>
/// Where a matched event goes, and in which shape: as it is, the part that <see cref="InputPath"/> names, <see cref="Input"/> instead, or
/// transformed.
/// </summary>
internal sealed record RuleTarget(
    string Id,
    string Arn,
    string? InputPath,
    string? Input,
    IReadOnlyDictionary<string, string>? InputPaths,
    string? InputTemplate,
    string? MessageGroupId,
    string? DeadLetterArn
)
{
    /// <summary>How long delivery is tried, in seconds; at most a day.</summary>
    public int MaximumAge { get; init; } = 86_400;

    public int MaximumRetries { get; init; } = 185;

    /// <summary>Whether it is a function, which is invoked, and not a queue.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsFunction => Arn.StartsWith("arn:aws:lambda:", StringComparison.Ordinal);

    public string QueueName => Arn[(Arn.LastIndexOf(':') + 1)..];

    public JsonObject Describe()
    {
        var shown = new JsonObject { ["Id"] = Id, ["Arn"] = Arn };
        Add(shown, "InputPath", InputPath);
        Add(shown, "Input", Input);
        if (InputTemplate is not null)
        {
            shown["InputTransformer"] = new JsonObject
            {
                ["InputPathsMap"] = new JsonObject(
                    (InputPaths ?? new Dictionary<string, string>()).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))
                ),
                ["InputTemplate"] = InputTemplate,
            };
        }

        if (MessageGroupId is not null)
        {
            shown["SqsParameters"] = new JsonObject { ["MessageGroupId"] = MessageGroupId };
        }

        return shown;
    }

    private static void Add(JsonObject shown, string name, string? value)
    {
        if (value is not null)
        {
            shown[name] = value;
        }
    }
}
