using System.Globalization;
using System.Text.Json.Nodes;
using Constructs;

namespace FairShare.Cdk.Constructs.Hosting;

/// <summary>What a deployment may be told with <c>-c NAME=VALUE</c>; docs/operations.md has a row for each name.</summary>
internal static class DeploymentContext
{
    private static readonly SortedDictionary<string, ContextKind> Kinds = new(StringComparer.Ordinal)
    {
        ["anonymousVault"] = ContextKind.Switch,
        ["backupCopy"] = ContextKind.Vault,
        ["budget"] = ContextKind.Number,
        ["budgetTo"] = ContextKind.Address,
        ["certificate"] = ContextKind.Certificate,
        ["dataEvents"] = ContextKind.Switch,
        ["domain"] = ContextKind.Domain,
        ["firewall"] = ContextKind.Firewall,
        ["functions"] = ContextKind.Functions,
        ["heldKeys"] = ContextKind.Switch,
        ["logKeyGeneration"] = ContextKind.Number,
        ["page"] = ContextKind.Page,
        ["passwordAuth"] = ContextKind.Switch,
        ["previousLogKey"] = ContextKind.Key,
        ["previousSeal"] = ContextKind.Key,
        ["previousStampKey"] = ContextKind.Key,
        ["sealGeneration"] = ContextKind.Number,
        ["ses"] = ContextKind.Address,
        ["sesFrom"] = ContextKind.Address,
        ["sesRegion"] = ContextKind.Region,
        ["stack"] = ContextKind.OneOf("service", "web", "operations", "protection", "notices", "peer", "coordinator", "all"),
        ["stage"] = ContextKind.OneOf("dev", "prod"),
        ["stampKeyGeneration"] = ContextKind.Number,
        ["statemachines"] = ContextKind.Directory,
        ["tableKey"] = ContextKind.Switch,
        ["tags"] = ContextKind.Tags,
    };

    /// <summary>Refuses a name that nothing here reads. The CDK's own have an at sign, a colon or a slash.</summary>
    /// <param name="context">What the CDK hands over in <c>CDK_CONTEXT_JSON</c>; null for nothing.</param>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public static void CheckNames(string? context)
    {
        var given = JsonNode.Parse(context ?? "{}")?.AsObject() ?? [];
        var unknown = given.Select(member => member.Key).Where(name => name.IndexOfAny(['@', ':', '/']) < 0 && !Kinds.ContainsKey(name));
        if (unknown.Order(StringComparer.Ordinal).FirstOrDefault() is { } name)
        {
            throw new ArgumentException($"Context '{name}' is unknown; there are {string.Join(", ", Kinds.Keys)}.", nameof(context));
        }
    }

    /// <summary>Refuses a value that is not of its name's kind, also of a name that the chosen stack does not read.</summary>
    /// <exception cref="ArgumentException">The first of them.</exception>
    public static void CheckValues(Node node)
    {
        foreach (var (name, kind) in Kinds)
        {
            if (node.TryGetContext(name) is { } given && (Text(node, name) is not { } text || !kind.Holds(text)))
            {
                throw new ArgumentException($"Context '{name}' is '{given}'; it must be {kind.What}.", nameof(node));
            }
        }
    }

    /// <summary>A value as text; null where there is none, or one that is no text. A number may stand in cdk.json as one.</summary>
    public static string? Text(Node node, string name) =>
        node.TryGetContext(name) switch
        {
            string text => text,
            double number when Kinds[name] == ContextKind.Number => number.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };

    /// <summary>Values that have no meaning alone.</summary>
    /// <returns>Both; null where neither is given.</returns>
    /// <exception cref="ArgumentException">One is given without the other.</exception>
    public static (string First, string Second)? Both(Node node, string first, string second) =>
        (Text(node, first), Text(node, second)) switch
        {
            (null, null) => null,
            ({ } one, { } other) => (one, other),
            _ => throw new ArgumentException($"Context '{first}' and '{second}' are given together or not at all.", nameof(node)),
        };
}
