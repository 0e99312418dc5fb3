using TemplateHost.Deployment.Stacks;
using TemplateHost.Deployment.Templates;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.CloudFormation.Operations;

/// <summary>Reads what a stack is to be made from.</summary>
internal static class StackInput
{
    /// <param name="previous">What the stack was last made from; null when it is new.</param>
    /// <exception cref="AwsException">No template, or a parameter without a previous value.</exception>
    public static StackSource Read(QueryCall call, StackSource? previous)
    {
        var template =
            call.Optional("UsePreviousTemplate") == "true"
                ? previous?.Template ?? throw new AwsException("ValidationError", "UsePreviousTemplate needs a stack that has a template.")
                : call.Optional("TemplateBody")
                    ?? throw new AwsException("ValidationError", "Either Template URL or Template Body must be specified.");
        return new StackSource(template, Parameters(call, previous));
    }

    private static Dictionary<string, string> Parameters(QueryCall call, StackSource? previous)
    {
        var values = new Dictionary<string, string>();
        foreach (var given in call.Structures("Parameters"))
        {
            var name =
                given.GetValueOrDefault("ParameterKey") ?? throw new AwsException("ValidationError", "A parameter has no ParameterKey.");
            if (!values.TryAdd(name, ValueOf(given, previous)))
            {
                throw new AwsException("ValidationError", $"The parameter {name} stands twice.");
            }
        }

        return values;
    }

    /// <exception cref="AwsException">The template makes IAM resources, and the caller does not say that it may.</exception>
    public static void DemandCapabilities(QueryCall call, Template template)
    {
        if (Capability.Of(template) is { } needed && !needed.IsAmong(call.Texts("Capabilities")))
        {
            throw new AwsException("InsufficientCapabilitiesException", $"Requires capabilities : [{needed.Name}]");
        }
    }

    /// <summary>What was given then, or else the default that stood then.</summary>
    private static string? PreviousValue(StackSource? previous, string name) =>
        previous is null
            ? null
            : previous.Parameters.GetValueOrDefault(name) ?? Template.Parse(previous.Template).Parameters[name]?["Default"]?.ToString();

    private static string ValueOf(IReadOnlyDictionary<string, string> given, StackSource? previous) =>
        given.GetValueOrDefault("UsePreviousValue") != "true"
            ? given.GetValueOrDefault("ParameterValue", "")
            : PreviousValue(previous, given["ParameterKey"])
                ?? throw new AwsException(
                    "ValidationError",
                    $"Invalid input for parameter key {given["ParameterKey"]}. Cannot specify usePreviousValue as true for a "
                        + "parameter key not in the previous template"
                );
}
