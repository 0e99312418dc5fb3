using TemplateHost.Deployment.Stacks;
using TemplateHost.Deployment.Templates;

namespace TemplateHost.CloudFormation.Operations;

/// <summary>What a stack's template says of itself.</summary>
internal static class TemplateText
{
    public static StackSource? SourceOf(StackRecord stack) => stack.Deployed ?? stack.Target;

    public static string? DescriptionOf(StackRecord stack) =>
        SourceOf(stack) is { } source ? Template.Parse(source.Template).Description : null;

    /// <summary>All parameters with the values in force, defaults included.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ParametersOf(StackRecord stack) =>
        SourceOf(stack) is not { } source
            ? []
            : Template
                .Parse(source.Template)
                .Parameters.Select(parameter =>
                    KeyValuePair.Create(
                        parameter.Key,
                        parameter.Value!["NoEcho"]?.ToString() is "true" or "True"
                            ? "****"
                            : source.Parameters.GetValueOrDefault(parameter.Key) ?? parameter.Value["Default"]?.ToString() ?? ""
                    )
                );
}
