using System.Text.Json.Nodes;
using FairShare.Local.Gateway;

namespace FairShare.Local.Identity.Policies;

/// <summary>One statement of a policy document.</summary>
internal sealed class PolicyStatement
{
    private static readonly HashSet<string> Elements =
        ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"];

    private readonly IReadOnlyList<string> actions;
    private readonly IReadOnlyList<string> resources;
    private readonly bool notActions;
    private readonly bool notResources;
    private readonly bool notPrincipal;
    private readonly PrincipalMatcher principal;
    private readonly List<Condition> conditions = [];

    /// <exception cref="FormatException">An element that IAM's grammar does not have.</exception>
    public PolicyStatement(JsonObject statement)
    {
        if (statement.FirstOrDefault(member => !Elements.Contains(member.Key)) is { Key: { } unknown })
        {
            throw new FormatException($"The policy element {unknown} is not one of IAM's.");
        }

        Denies = statement["Effect"]?.ToString() switch
        {
            "Allow" => false,
            "Deny" => true,
            var other => throw new FormatException($"The policy effect '{other}' is neither Allow nor Deny."),
        };
        notActions = statement.ContainsKey("NotAction");
        notResources = statement.ContainsKey("NotResource");
        notPrincipal = statement.ContainsKey("NotPrincipal");
        actions = [.. PolicyText.List(statement["Action"] ?? statement["NotAction"]).Select(Glob.Prepare)];
        resources = PolicyText.List(statement["Resource"] ?? statement["NotResource"]);
        principal = new PrincipalMatcher(statement["Principal"] ?? statement["NotPrincipal"]);
        ReadConditions(statement["Condition"] as JsonObject ?? []);
    }

    public bool Denies { get; }

    /// <summary>Whether the statement speaks of the action, the resource and the circumstances.</summary>
    public bool Applies(AuthorizationContext context) =>
        actions.Any(action => Glob.Matches(action, context.Action, ignoreCase: true)) != notActions
        && AppliesToResource(context)
        && conditions.TrueForAll(condition => condition.Holds(context));

    public bool Names(Caller caller, string? roleArn) => principal.Names(caller, roleArn) != notPrincipal;

    public bool NamesAccount(string rootArn) => principal.NamesAccount(rootArn) != notPrincipal;

    /// <summary>A trust policy names no resource: it stands at its own role.</summary>
    private bool AppliesToResource(AuthorizationContext context) =>
        (resources.Count == 0 && !notResources) || resources.Any(resource => context.Expand(resource) is { } pattern && Glob.Matches(pattern, context.ResourceArn)) != notResources;

    private void ReadConditions(JsonObject operators)
    {
        foreach (var (name, keys) in operators)
        {
            foreach (var (key, values) in keys as JsonObject ?? [])
            {
                conditions.Add(new Condition(name, key, PolicyText.List(values)));
            }
        }
    }
}
