using System.Text.Json.Nodes;

namespace FairShare.Simulation.Defects;

/// <summary>Changes a state machine in a template.</summary>
internal static class TemplateEdit
{
    /// <summary>Replaces a text where it first stands in a state of the exchange's machine.</summary>
    /// <exception cref="InvalidOperationException">It does not stand there: the defect would be none.</exception>
    public static string InState(string template, string state, string old, string replacement)
    {
        var document = JsonNode.Parse(template)!;
        var isDone = false;
        foreach (var (_, resource) in document["Resources"]!.AsObject())
        {
            if (
                resource!["Type"]!.GetValue<string>() == "AWS::StepFunctions::StateMachine"
                && resource["Properties"]!["DefinitionString"]!.GetValue<string>() is var text
                && text.IndexOf($"\"{state}\": {{", StringComparison.Ordinal) is >= 0 and var start
                && text.IndexOf(old, start, StringComparison.Ordinal) is >= 0 and var place
            )
            {
                isDone = true;
                resource["Properties"]!["DefinitionString"] = string.Concat(
                    text.AsSpan(0, place),
                    replacement,
                    text.AsSpan(place + old.Length)
                );
            }
        }

        return isDone ? document.ToJsonString() : throw new InvalidOperationException($"{state} has no {old}.");
    }
}
