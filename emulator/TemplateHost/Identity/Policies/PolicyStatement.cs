using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.Identity.Policies;

/// <summary>One statement of a policy document.</summary>
internal sealed class PolicyStatement
{
    private static readonly HashSet<string> Elements =
    [
        "Sid",
        "Effect",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Principal",
        "NotPrincipal",
        "Condition",
    ];

    private readonly IReadOnlyList<string> actions;
    private readonly IReadOnlyList<string> resources;
    private readonly bool notActions;
    private readonly bool notResources;
    private readonly bool notPrincipal;
    private readonly bool hasPrincipal;
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
        DemandOneOf(statement, "Action", "NotAction");
        DemandOneOf(statement, "Resource", "NotResource");
        DemandOneOf(statement, "Principal", "NotPrincipal");
        hasPrincipal = statement.ContainsKey("Principal") || statement.ContainsKey("NotPrincipal");
        notActions = statement.ContainsKey("NotAction");
        notResources = statement.ContainsKey("NotResource");
        notPrincipal = statement.ContainsKey("NotPrincipal");
        actions = [.. PolicyText.List(statement["Action"] ?? statement["NotAction"]).Select(CheckAction).Select(Glob.Prepare)];
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

    /// <summary>The places, in the statement's list, of the resources that name the one that is asked for.</summary>
    public IReadOnlyList<int> PlacesOf(AuthorizationContext context) =>
        [.. Enumerable.Range(0, resources.Count).Where(place => IsNamed(resources[place], context))];

    public bool Names(Caller caller, string? roleArn) => principal.Names(caller, roleArn) != notPrincipal;

    /// <summary>Whether a denial is meant for the caller: one that names the account is meant for everybody in it.</summary>
    public bool DeniesTo(Caller caller, string? roleArn, string rootArn) =>
        notPrincipal
            ? !principal.Names(caller, roleArn)
            : principal.Names(caller, roleArn) || (caller.Kind != CallerKind.Service && principal.NamesAccount(rootArn));

    /// <exception cref="FormatException">An element that this kind of policy does not have, or lacks.</exception>
    public void DemandKind(PolicyKind kind)
    {
        var refusal = kind switch
        {
            _ when actions.Count == 0 => "Policy statement must contain actions.",
            PolicyKind.Identity when hasPrincipal => "Policy document should not specify a principal.",
            PolicyKind.Identity when resources.Count == 0 => "Policy statement must contain resources.",
            PolicyKind.Identity => resources
                .Where(resource => resource != "*" && !resource.StartsWith("arn:", StringComparison.Ordinal))
                .Select(resource => $"Resource {resource} must be in ARN format or \"*\".")
                .FirstOrDefault(),
            PolicyKind.Trust when resources.Count > 0 => "Has prohibited field Resource",
            _ => hasPrincipal ? null : "Missing required field Principal",
        };
        if (refusal is not null)
        {
            throw new FormatException(refusal);
        }
    }

    public bool NamesAccount(string rootArn) => principal.NamesAccount(rootArn) != notPrincipal;

    /// <summary>A trust policy names no resource: it stands at its own role.</summary>
    private bool AppliesToResource(AuthorizationContext context) =>
        (resources.Count == 0 && !notResources) || resources.Any(resource => IsNamed(resource, context)) != notResources;

    private static bool IsNamed(string resource, AuthorizationContext context) =>
        context.Expand(resource) is { } pattern && Glob.Matches(pattern, context.ResourceArn);

    private static string CheckAction(string action) =>
        action == "*" || action.Contains(':', StringComparison.Ordinal)
            ? action
            : throw new FormatException("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");

    private static void DemandOneOf(JsonObject statement, string name, string negation)
    {
        if (statement.ContainsKey(name) && statement.ContainsKey(negation))
        {
            throw new FormatException($"Syntax errors in policy: {name} and {negation} in one statement.");
        }
    }

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
