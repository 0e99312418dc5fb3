using System.Text.Json.Nodes;
using Constructs;

namespace FairShare.Cdk.Constructs.Hosting;

/// <summary>The names that a deployment may be given with <c>-c NAME=VALUE</c>; docs/operations.md has a row for each.</summary>
public static class DeploymentContext
{
    /// <summary>All of them.</summary>
    public static IReadOnlySet<string> Names { get; } =
        new SortedSet<string>(StringComparer.Ordinal)
        {
            "anonymousVault",
            "budget",
            "budgetTo",
            "certificate",
            "domain",
            "firewall",
            "functions",
            "heldKeys",
            "logKeyGeneration",
            "passwordAuth",
            "previousLogKey",
            "previousSeal",
            "previousStampKey",
            "sealGeneration",
            "ses",
            "sesFrom",
            "sesRegion",
            "stack",
            "stage",
            "stampKeyGeneration",
            "statemachines",
            "tags",
        };

    /// <summary>The stacks that <c>-c stack=NAME</c> chooses from; without, it is the service's.</summary>
    public static IReadOnlyList<string> Stacks { get; } = ["service", "web", "operations", "notices", "peer", "coordinator", "all"];

    /// <summary>
    /// Refuses a name that nothing here reads, which is most likely a slip of the pen. The CDK's own have a sign in them.
    /// </summary>
    /// <param name="context">What the CDK hands over in <c>CDK_CONTEXT_JSON</c>; null for nothing.</param>
    /// <exception cref="ArgumentException">A name, or the name of a stack, that is unknown.</exception>
    public static void Check(string? context)
    {
        var given = JsonNode.Parse(context ?? "{}")?.AsObject() ?? [];
        var unknown = given.Select(member => member.Key).Where(name => name.All(char.IsAsciiLetterOrDigit) && !Names.Contains(name));
        if (unknown.Order(StringComparer.Ordinal).FirstOrDefault() is { } name)
        {
            throw new ArgumentException($"Context '{name}' is unknown; there are {string.Join(", ", Names)}.", nameof(context));
        }

        if (given["stack"]?.ToString() is { } stack && !Stacks.Contains(stack, StringComparer.Ordinal))
        {
            throw new ArgumentException($"Context 'stack' is '{stack}'; it must be one of {string.Join(", ", Stacks)}.", nameof(context));
        }
    }

    /// <summary>The tags that CloudFormation puts on all resources of a stack: its stage, and <c>-c tags=KEY=VALUE,…</c>.</summary>
    /// <exception cref="ArgumentException">Something that is no list of keys and values, or a key twice.</exception>
    public static Dictionary<string, string> TagsOf(Node node, string stage)
    {
        ArgumentNullException.ThrowIfNull(node);
        Dictionary<string, string> tags = new(StringComparer.Ordinal) { [StageTag] = stage };
        foreach (var pair in (node.TryGetContext("tags") as string ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=') is not [{ Length: > 0 and <= 128 } key, { Length: <= 256 } value] || !tags.TryAdd(key, value))
            {
                throw new ArgumentException(
                    $"Context 'tags' has '{pair}'; it must be KEY=VALUE, each key once, with commas between.",
                    nameof(node)
                );
            }
        }

        return tags;
    }

    /// <summary>The tag by which costs of a stage are told from others.</summary>
    public const string StageTag = "fairshare-stage";
}
