using System.Text.Json.Nodes;

namespace FairShare.Cdk.Tests;

/// <summary>A stage's template as the snapshot has it.</summary>
internal sealed class Template(string stage)
{
    public JsonObject Document { get; } =
        JsonNode
            .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "snapshot", $"FairShare-{stage}.template.json")))!
            .AsObject();

    /// <summary>Resources of a type, by logical id.</summary>
    public IEnumerable<(string LogicalId, JsonObject Resource)> Of(string type) =>
        Document["Resources"]!
            .AsObject()
            .Where(resource => resource.Value!["Type"]!.GetValue<string>() == type)
            .Select(resource => (resource.Key, resource.Value!.AsObject()));

    /// <summary>Every statement of every role's policy.</summary>
    public IEnumerable<(string LogicalId, JsonObject Statement)> IdentityStatements() =>
        Of("AWS::IAM::Policy")
            .SelectMany(policy =>
                policy.Resource["Properties"]!["PolicyDocument"]!["Statement"]!
                    .AsArray()
                    .Select(statement => (policy.LogicalId, statement!.AsObject()))
            );
}
