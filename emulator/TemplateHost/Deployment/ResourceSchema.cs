using System.Text.Json.Nodes;

namespace TemplateHost.Deployment;

/// <summary>
/// The properties of a resource type that the host honours, as its page of the CloudFormation template reference describes them.
/// </summary>
/// <param name="Type">For example <c>AWS::DynamoDB::Table</c>.</param>
internal sealed record ResourceSchema(string Type)
{
    /// <summary>The property that gives the resource a name of the template's choice; null when the service makes up every id.</summary>
    public string? Name { get; init; }

    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Properties marked "Update requires: Replacement", beside <see cref="Name"/>.</summary>
    public IReadOnlyList<string> Replacing { get; init; } = [];

    /// <summary>All other properties: an existing resource takes their changes.</summary>
    public IReadOnlyList<string> Updatable { get; init; } = [];

    /// <summary>What <c>Fn::GetAtt</c> can ask for.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>
    /// Updatable properties of which only some changes need a replacement: given the property, its old and its new value.
    /// </summary>
    public Func<string, JsonNode?, JsonNode?, bool> SomeReplacing { get; init; } = (_, _, _) => false;

    public bool Has(string property) => property == Name || Replacing.Contains(property) || Updatable.Contains(property);

    /// <summary>Whether this change makes CloudFormation create the resource anew.</summary>
    public bool Replaces(string property, JsonNode? before, JsonNode? after) =>
        property == Name || Replacing.Contains(property) || SomeReplacing(property, before, after);
}
