using System.Text.Json.Nodes;
using TemplateHost.StepFunctions.Language;

namespace TemplateHost.StepFunctions.Model;

/// <summary>One state; what only one type of state has is read from <see cref="Json"/> where it is used.</summary>
internal sealed class StateDefinition
{
    public StateDefinition(string name, JsonObject json, Func<JsonObject, StateMachineDefinition> nested)
    {
        Name = name;
        Json = json;
        Type = json["Type"]!.GetValue<string>();
        Next = json["Next"]?.GetValue<string>();
        Retriers = [.. Objects("Retry").Select(Retrier.Parse)];
        Catchers = [.. Objects("Catch").Select(Catcher.Parse)];
        Branches = [.. Objects("Branches").Select(nested)];
        Processor = (json["ItemProcessor"] ?? json["Iterator"]) is JsonObject processor ? nested(processor) : null;
        Choices = [.. Objects("Choices").Select(rule => (ChoiceRule.Parse(rule), rule["Next"]!.GetValue<string>()))];
    }

    public string Name { get; }

    /// <summary>Task, Choice, Wait, Pass, Parallel, Map, Succeed or Fail.</summary>
    public string Type { get; }

    public JsonObject Json { get; }

    /// <summary>The state after this one; null where it ends its machine or branch.</summary>
    public string? Next { get; }

    public IReadOnlyList<Retrier> Retriers { get; }

    public IReadOnlyList<Catcher> Catchers { get; }

    /// <summary>Of a Parallel state.</summary>
    public IReadOnlyList<StateMachineDefinition> Branches { get; }

    /// <summary>Of a Map state.</summary>
    public StateMachineDefinition? Processor { get; }

    /// <summary>Of a Choice state.</summary>
    public IReadOnlyList<(ChoiceRule Rule, string Next)> Choices { get; }

    private IEnumerable<JsonObject> Objects(string field) => (Json[field] as JsonArray ?? []).Select(node => node!.AsObject());
}
