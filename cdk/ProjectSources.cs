using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk;

/// <summary>Where the app finds what it deploys, as paths from the project's root.</summary>
/// <param name="FunctionsDirectory">The published functions: a directory with the executable <c>bootstrap</c>; null to publish
/// them.</param>
/// <param name="ExchangeDefinition">The text of <c>statemachines/exchange.asl.json</c>.</param>
public sealed record ProjectSources(string? FunctionsDirectory, string ExchangeDefinition)
{
    public static ProjectSources FromContext(Node node) => new(DeploymentContext.Text(node, "functions"), DefinitionOf(node, "exchange"));

    /// <summary>The text of a state machine of <c>statemachines/</c>.</summary>
    public static string DefinitionOf(Node node, string name)
    {
        ArgumentNullException.ThrowIfNull(node);
        return File.ReadAllText(Path.Combine(DeploymentContext.Text(node, "statemachines") ?? "statemachines", $"{name}.asl.json"));
    }
}
