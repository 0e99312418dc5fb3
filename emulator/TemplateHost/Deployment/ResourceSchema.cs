using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.Deployment;

/// <summary>
/// The properties of a resource type that the host honours, as its page of the CloudFormation template reference describes them.
/// </summary>
/// <param name="Type">For example <c>AWS::DynamoDB::Table</c>.</param>
internal sealed record ResourceSchema(string Type)
{
    private static readonly MemberNames None = MemberNames.Exactly("");

    /// <summary>The property that gives the resource a name of the template's choice; null when the service makes up every id.</summary>
    public string? Name { get; init; }

    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Properties marked "Update requires: Replacement", beside <see cref="Name"/>.</summary>
    public MemberNames Replacing { get; init; } = None;

    /// <summary>Properties whose changes an existing resource takes.</summary>
    public MemberNames Updatable { get; init; } = None;

    /// <summary>Properties that change nothing in what the host does or shows; why stands with each type.</summary>
    public MemberNames Ignored { get; init; } = None;

    /// <summary>What <c>Fn::GetAtt</c> can ask for.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>
    /// Updatable properties of which only some changes need a replacement: given the property, its old and its new value.
    /// </summary>
    public Func<string, JsonNode?, JsonNode?, bool> SomeReplacing { get; init; } = (_, _, _) => false;

    /// <summary>Whether this change makes CloudFormation create the resource anew.</summary>
    public bool Replaces(string property, JsonNode? before, JsonNode? after) =>
        property == Name || Replacing.Has(property) || SomeReplacing(property, before, after);

    /// <summary>Demands that every property is one of these, at every depth, and that none is missing.</summary>
    /// <param name="logicalId">The resource's name in the template.</param>
    /// <param name="properties">The properties; null where a value is not known yet.</param>
    /// <exception cref="DeploymentException">One is not, naming it.</exception>
    public void Demand(string logicalId, JsonObject properties)
    {
        if (
            properties.Select(property => UnservedOf(property.Key, property.Value)).FirstOrDefault(found => found is not null) is
            { } unserved
        )
        {
            throw new DeploymentException($"{logicalId} ({Type}): property {unserved} is not honoured by the embedded host.");
        }

        if (Required.FirstOrDefault(name => !properties.ContainsKey(name)) is { } missing)
        {
            throw new DeploymentException($"{logicalId} ({Type}): property {missing} is required.");
        }
    }

    private string? UnservedOf(string name, JsonNode? value) =>
        name == Name ? null
        : new[] { Replacing, Updatable, Ignored }.FirstOrDefault(group => group.Has(name)) is { } group ? group.UnservedOf(name, value)
        : name;
}
