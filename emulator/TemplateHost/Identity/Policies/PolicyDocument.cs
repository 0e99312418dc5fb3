using System.Text.Json.Nodes;

namespace TemplateHost.Identity.Policies;

/// <summary>What a policy is attached to: each kind demands other elements.</summary>
internal enum PolicyKind
{
    /// <summary>A role's: actions and resources, no principal.</summary>
    Identity,

    /// <summary>A role's own: who may assume it.</summary>
    Trust,

    /// <summary>A bucket's, a key's or a queue's: a principal stands in every statement.</summary>
    Resource,
}

/// <summary>A policy document, read once and asked often.</summary>
internal sealed class PolicyDocument
{
    private static readonly HashSet<string> Elements = ["Version", "Id", "Statement"];

    private PolicyDocument(IReadOnlyList<PolicyStatement> statements) => Statements = statements;

    public IReadOnlyList<PolicyStatement> Statements { get; }

    /// <exception cref="FormatException">A document that is not of IAM's grammar.</exception>
    public static PolicyDocument Parse(JsonObject document)
    {
        var statements = document["Statement"] switch
        {
            JsonArray list => list.Select(node => node as JsonObject),
            JsonObject single => [single],
            _ => [],
        };
        return new PolicyDocument([
            .. statements.Select(statement => new PolicyStatement(statement ?? throw new FormatException("Syntax errors in policy."))),
        ]);
    }

    /// <summary>Reads a document that is to be put, and refuses, in IAM's words, what cannot be of its kind.</summary>
    /// <exception cref="FormatException">What is wrong.</exception>
    public static JsonObject Check(JsonNode? node, PolicyKind kind)
    {
        var document = node as JsonObject ?? throw new FormatException("Syntax errors in policy.");
        if (document.Any(element => !Elements.Contains(element.Key)) || document["Statement"] is not (JsonArray or JsonObject))
        {
            throw new FormatException("Syntax errors in policy.");
        }

        if (document["Statement"] is JsonArray { Count: 0 })
        {
            throw new FormatException("Could not parse the policy: Statement is empty!");
        }

        if (document["Version"]?.ToString() is not (null or "2012-10-17" or "2008-10-17"))
        {
            throw new FormatException("The policy must contain a valid version string.");
        }

        foreach (var statement in Parse(document).Statements)
        {
            statement.DemandKind(kind);
        }

        return document;
    }
}
