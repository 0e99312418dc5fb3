using System.Text.Json.Nodes;

namespace FairShare.Local.Identity.Policies;

/// <summary>A policy document, read once and asked often.</summary>
internal sealed class PolicyDocument
{
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
        return new PolicyDocument(
            [.. statements.Select(statement => new PolicyStatement(statement ?? throw new FormatException("A policy statement must be an object.")))]);
    }
}
