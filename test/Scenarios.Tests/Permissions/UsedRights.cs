using System.Collections.Concurrent;
using TemplateHost.Identity;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>Which rights of a template alone let calls pass, in which scenario, on what, and under which conditions.</summary>
public sealed class UsedRights
{
    private readonly ConcurrentDictionary<(RightPlace At, string Scenario), bool> scenarios = [];
    private readonly ConcurrentDictionary<(RightPlace At, string Arn), bool> resources = [];
    private readonly ConcurrentDictionary<(string Policy, int Statement, string Key, string Value), bool> values = [];

    /// <summary>Notes a call.</summary>
    /// <param name="use">What it relied on.</param>
    /// <param name="scenario">The scenario that it belongs to.</param>
    public void Take(GrantUse use, string scenario)
    {
        var policy = LogicalId(use.Policy);
        foreach (var at in use.Places.Select(place => new RightPlace(policy, use.Statement, use.Action, place)))
        {
            scenarios[(at, scenario)] = true;
            resources[(at, use.Resource)] = true;
        }

        foreach (var (key, joined) in use.Keys)
        {
            foreach (var value in joined.Split('\n'))
            {
                values[(policy, use.Statement, key, value)] = true;
            }
        }
    }

    /// <summary>The scenarios that use a right.</summary>
    public IReadOnlyList<string> ScenariosOf(RightPlace at) =>
        [.. scenarios.Keys.Where(use => use.At == at).Select(use => use.Scenario).Order(StringComparer.Ordinal)];

    /// <summary>The ARNs of what was asked for by a right.</summary>
    public IReadOnlyList<string> ResourcesOf(RightPlace at) => [.. resources.Keys.Where(use => use.At == at).Select(use => use.Arn)];

    /// <summary>The values that a condition key of a statement had in some call.</summary>
    public IReadOnlyList<string> ValuesOf(RightPlace at, string key) =>
        [
            .. values
                .Keys.Where(use =>
                    use.Policy == at.Policy
                    && use.Statement == at.Statement
                    && string.Equals(use.Key, key, StringComparison.OrdinalIgnoreCase)
                )
                .Select(use => use.Value),
        ];

    // The ARN of a queue, or of a function, ends in STACK-LOGICALID-DRAWN, and in the name of an alias where it is one's; the name of a
    // role's policy is its logical id.
    private static string LogicalId(string policy) =>
        policy.StartsWith("arn:", StringComparison.Ordinal)
            ? policy.Split(':').Last(part => part.Contains('-', StringComparison.Ordinal)).Split('-')[^2]
            : policy;
}
