using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.Deployment;

/// <summary>One resource of the template, its intrinsic functions resolved.</summary>
/// <param name="Properties">Its properties, all of which the type's schema knows.</param>
/// <param name="Deployed">What an earlier deployment made, or null.</param>
/// <param name="GeneratedName">A physical name for resources that the template does not name: stack, logical id and a stable
/// suffix.</param>
/// <param name="Identifiers">The source of ids that the service makes up: the same ones whenever this resource is declared, so that an
/// interrupted creation goes on.</param>
internal sealed record ResourceDeclaration(
    PropertyReader Properties,
    DeployedResource? Deployed,
    string GeneratedName,
    IRandomSource Identifiers
)
{
    public string? PhysicalId => Deployed?.PhysicalId;
}

/// <summary>What a resource became.</summary>
/// <param name="PhysicalId">What <c>Ref</c> yields.</param>
/// <param name="Attributes">What <c>Fn::GetAtt</c> yields, by attribute name.</param>
internal sealed record ProvisionedResource(string PhysicalId, IReadOnlyDictionary<string, string> Attributes)
{
    public static IReadOnlyDictionary<string, string> NoAttributes { get; } = new Dictionary<string, string>();
}

/// <summary>A resource as it was last deployed.</summary>
/// <param name="PhysicalId">What <c>Ref</c> yields.</param>
/// <param name="Properties">The properties, intrinsic functions resolved.</param>
internal sealed record DeployedResource(string PhysicalId, JsonObject Properties);
