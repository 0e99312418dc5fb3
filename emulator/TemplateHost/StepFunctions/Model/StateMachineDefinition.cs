using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;

namespace TemplateHost.StepFunctions.Model;

/// <summary>A parsed and checked state machine, or one branch of one.</summary>
internal sealed class StateMachineDefinition
{
    private StateMachineDefinition(JsonObject json)
    {
        StartAt = json["StartAt"]!.GetValue<string>();
        TimeoutSeconds = json["TimeoutSeconds"]?.GetValue<double>();
        States = json["States"]!
            .AsObject()
            .ToDictionary(state => state.Key, state => new StateDefinition(state.Key, state.Value!.AsObject(), Nested));
    }

    public string StartAt { get; }

    /// <summary>The longest that an execution may run, in seconds; null means without end.</summary>
    public double? TimeoutSeconds { get; }

    public IReadOnlyDictionary<string, StateDefinition> States { get; }

    /// <exception cref="AwsException">InvalidDefinition, naming everything that is wrong and where.</exception>
    public static StateMachineDefinition Parse(string text)
    {
        Demand(text, "STANDARD");
        return Nested(JsonText.Parse(text)!.AsObject());
    }

    /// <exception cref="AwsException">InvalidDefinition, naming everything that is wrong and where.</exception>
    public static void Demand(string text, string type)
    {
        if (FaultsOf(text, type) is { Count: > 0 } faults)
        {
            throw Invalid(faults);
        }
    }

    /// <summary>Everything that is wrong with a definition; empty when it is sound.</summary>
    /// <param name="text">The definition.</param>
    /// <param name="type">STANDARD, or EXPRESS, in which no task waits for a token or another execution.</param>
    public static IReadOnlyList<DefinitionFault> FaultsOf(string text, string type)
    {
        try
        {
            return JsonText.Parse(text) is JsonObject json
                ? new DefinitionValidator(type).Validate(json)
                : [new DefinitionFault("INVALID_JSON_DESCRIPTION", "The definition is not an object.", "/")];
        }
        catch (JsonException fault)
        {
            return [new DefinitionFault("INVALID_JSON_DESCRIPTION", fault.Message, "/")];
        }
    }

    private static StateMachineDefinition Nested(JsonObject json) => new(json);

    private static AwsException Invalid(IReadOnlyList<DefinitionFault> faults) =>
        new("InvalidDefinition", $"Invalid State Machine Definition: '{string.Join(", ", faults)}'");
}

/// <summary>One thing wrong with a definition, in the words of ValidateStateMachineDefinition.</summary>
internal sealed record DefinitionFault(string Code, string Message, string Location)
{
    public override string ToString() => $"{Code}: {Message} at {Location}";
}
