using TemplateHost.Deployment.Templates;

namespace TemplateHost.CloudFormation.Operations;

/// <summary>What a caller has to acknowledge before a template may make IAM resources.</summary>
/// <param name="Name"><c>CAPABILITY_IAM</c>, or <c>CAPABILITY_NAMED_IAM</c> where the template chooses a name.</param>
/// <param name="ResourceTypes">The types that ask for it.</param>
internal sealed record Capability(string Name, IReadOnlyList<string> ResourceTypes)
{
    private const string Named = "CAPABILITY_NAMED_IAM";

    /// <summary>Null when the template asks for nothing.</summary>
    public static Capability? Of(Template template)
    {
        var identities = template.Resources.Where(resource => resource.Type.StartsWith("AWS::IAM::", StringComparison.Ordinal)).ToList();
        var isNamed = identities.Exists(resource =>
            resource.Properties.ContainsKey("RoleName") || resource.Properties.ContainsKey("ManagedPolicyName")
        );
        return identities.Count == 0
            ? null
            : new Capability(isNamed ? Named : "CAPABILITY_IAM", [.. identities.Select(resource => resource.Type).Distinct()]);
    }

    /// <summary>Whether the caller acknowledged it; who acknowledges names acknowledges all.</summary>
    public bool IsAmong(IReadOnlyList<string> given) => given.Contains(Name) || given.Contains(Named);
}
