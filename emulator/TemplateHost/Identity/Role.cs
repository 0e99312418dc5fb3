using System.Text.Json.Nodes;
using TemplateHost.Identity.Policies;

namespace TemplateHost.Identity;

/// <summary>An IAM role with its policies.</summary>
/// <param name="UniqueId">AWS's id of the role, <c>AROA…</c>: it differs when a role of the same name is made again.</param>
/// <param name="TrustPolicy">Who may assume it.</param>
/// <param name="Policies">Inline policies by name.</param>
/// <param name="Settings">What else is set.</param>
internal sealed record Role(
    string Name,
    string Arn,
    string UniqueId,
    string Path,
    DateTimeOffset CreatedAt,
    JsonObject TrustPolicy,
    IReadOnlyDictionary<string, JsonObject> Policies,
    RoleSettings Settings
)
{
    private IReadOnlyList<RoleStatement>? statements;

    /// <summary>Managed policies that are attached.</summary>
    public IReadOnlyList<ManagedPolicy> Attached { get; init; } = [];

    /// <summary>The statements of all its policies.</summary>
    public IReadOnlyList<RoleStatement> Statements =>
        statements ??= [
            .. Policies
                .Select(policy => (Name: policy.Key, Document: policy.Value))
                .Concat(Attached.Select(policy => (policy.Name, policy.Document)))
                .SelectMany(policy =>
                    PolicyDocument
                        .Parse(policy.Document)
                        .Statements.Select((statement, index) => new RoleStatement(policy.Name, index, statement))
                ),
        ];
}

/// <summary>What a role has beside its policies.</summary>
/// <param name="Description">Words for people.</param>
/// <param name="MaxSessionSeconds">How long a session of it may last at the most: an hour, unless set, to twelve.</param>
/// <param name="Tags">What policies see as <c>aws:PrincipalTag/…</c>.</param>
internal sealed record RoleSettings(string? Description, int MaxSessionSeconds, IReadOnlyDictionary<string, string> Tags)
{
    public const int DefaultSessionSeconds = 3600;
}
