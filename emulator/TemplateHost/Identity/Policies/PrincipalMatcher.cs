using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.Identity.Policies;

/// <summary>The <c>Principal</c> or <c>NotPrincipal</c> of a resource policy's statement.</summary>
internal sealed class PrincipalMatcher
{
    private static readonly HashSet<string> Kinds = ["AWS", "Service", "Federated", "CanonicalUser"];

    private readonly bool everyone;
    private readonly IReadOnlyList<string> accounts;
    private readonly IReadOnlyList<string> services;

    /// <exception cref="FormatException">A text other than the star, or a kind of principal that IAM does not have.</exception>
    public PrincipalMatcher(JsonNode? principal)
    {
        if (principal is JsonValue && principal.ToString() != "*")
        {
            throw new FormatException($"Invalid principal in policy: {principal}");
        }

        if ((principal as JsonObject)?.FirstOrDefault(kind => !Kinds.Contains(kind.Key)) is { Key: { } unknown })
        {
            throw new FormatException($"Invalid principal in policy: {unknown}");
        }

        var byKind = principal as JsonObject;
        accounts = PolicyText.List(byKind?["AWS"]);
        services = PolicyText.List(byKind?["Service"]);
        everyone = principal?.GetValueKind() == System.Text.Json.JsonValueKind.String || accounts.Contains("*");
    }

    /// <summary>Whether the statement speaks of this caller itself.</summary>
    public bool Names(Caller caller, string? roleArn) =>
        everyone
        || caller.Kind switch
        {
            CallerKind.Service => services.Contains(caller.Arn),
            CallerKind.Role => accounts.Contains(caller.Arn) || (roleArn is not null && accounts.Contains(roleArn)),
            CallerKind.Root => accounts.Any(principal => IsAccount(principal, caller.Arn)),
            _ => false,
        };

    /// <summary>Whether the statement speaks of the account, which hands the decision to the account's identity policies.</summary>
    public bool NamesAccount(string rootArn) => everyone || accounts.Any(principal => IsAccount(principal, rootArn));

    private static bool IsAccount(string principal, string rootArn) => principal == rootArn || principal == rootArn.Split(':')[4];
}
