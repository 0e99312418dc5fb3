using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>A stage's template as the snapshot has it.</summary>
internal sealed class Template
{
    private Template(string stack, string stage) =>
        Document = JsonNode
            .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "snapshot", $"{stack}-{stage}.template.json")))!
            .AsObject();

    public Template(string stage)
        : this("FairShare", stage) { }

    public JsonObject Document { get; }

    /// <summary>The template of a peer of dispersed backups.</summary>
    public static Template OfPeer(string stage) => new("FairSharePeer", stage);

    /// <summary>The template of a coordinator of standing work.</summary>
    public static Template OfCoordinator(string stage) => new("FairShareCoordinator", stage);

    /// <summary>The template of the web page.</summary>
    public static Template OfPage(string stage) => new("FairShare", $"{stage}-Web");

    /// <summary>The template of the auditor and its alarms.</summary>
    public static Template OfOperations(string stage) => new("FairShare", $"{stage}-Operations");

    /// <summary>The template of backups and of the trail of writes.</summary>
    public static Template OfProtection(string stage) => new("FairShare", $"{stage}-Protection");

    /// <summary>The template of what mails notices.</summary>
    public static Template OfNotices { get; } = new("FairShare", "dev-Notices");

    /// <summary>Resources of a type, by logical id.</summary>
    public IEnumerable<(string LogicalId, JsonObject Resource)> Of(string type) =>
        Document["Resources"]!
            .AsObject()
            .Where(resource => resource.Value!["Type"]!.GetValue<string>() == type)
            .Select(resource => (resource.Key, resource.Value!.AsObject()));

    /// <summary>The one resource of a type whose logical id begins so.</summary>
    public JsonObject Named(string type, string prefix) =>
        Assert.Single(Of(type), resource => resource.LogicalId.StartsWith(prefix, StringComparison.Ordinal)).Resource;

    /// <summary>Every statement of every role's policy.</summary>
    public IEnumerable<(string LogicalId, JsonObject Statement)> IdentityStatements() =>
        Of("AWS::IAM::Policy")
            .SelectMany(policy =>
                policy.Resource["Properties"]!["PolicyDocument"]!["Statement"]!
                    .AsArray()
                    .Select(statement => (policy.LogicalId, statement!.AsObject()))
            );
}
