using System.Text.Json.Nodes;
using FairShare.Local.Identity.Policies;

namespace FairShare.Local.Identity;

/// <summary>An IAM role with its policies.</summary>
/// <param name="UniqueId">AWS's id of the role, <c>AROA…</c>: it differs when a role of the same name is made again.</param>
/// <param name="TrustPolicy">Who may assume it.</param>
/// <param name="Policies">Inline policies by name.</param>
internal sealed record Role(
    string Name,
    string Arn,
    string UniqueId,
    string Path,
    DateTimeOffset CreatedAt,
    JsonObject TrustPolicy,
    IReadOnlyDictionary<string, JsonObject> Policies)
{
    private IReadOnlyList<PolicyStatement>? statements;

    /// <summary>The statements of all its policies.</summary>
    public IReadOnlyList<PolicyStatement> Statements =>
        statements ??= [.. Policies.Values.SelectMany(policy => PolicyDocument.Parse(policy).Statements)];
}
