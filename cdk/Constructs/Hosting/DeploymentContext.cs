using System.Text.Json.Nodes;
using Constructs;

namespace FairShare.Cdk.Constructs.Hosting;

/// <summary>The names that a deployment may be given with <c>-c NAME=VALUE</c>; docs/operations.md has a row for each.</summary>
public static class DeploymentContext
{
    /// <summary>The tag by which costs of a stage are told from others.</summary>
    public const string StageTag = "fairshare-stage";

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
            "sesFrom",
            "sesRegion",
            "stack",
            "stage",
            "stampKeyGeneration",
            "statemachines",
            "tags",
        };

    /// <summary>The stacks that <c>-c stack=NAME</c> chooses from; without, it is the service's.</summary>
    public static IReadOnlyList<string> Stacks { get; } = ["service", "web", "operations", "peer", "coordinator", "all"];

    /// <summary>Refuses a name that nothing here reads. The CDK's own have an at sign, a colon or a slash.</summary>
    /// <param name="context">What the CDK hands over in <c>CDK_CONTEXT_JSON</c>; null for nothing.</param>
    /// <exception cref="ArgumentException">A name, or the name of a stack, that is unknown.</exception>
    public static void Check(string? context)
    {
        var given = JsonNode.Parse(context ?? "{}")?.AsObject() ?? [];
        var unknown = given.Select(member => member.Key).Where(name => !IsTheCdks(name) && !Names.Contains(name));
        if (unknown.Order(StringComparer.Ordinal).FirstOrDefault() is { } name)
        {
            throw new ArgumentException($"Context '{name}' is unknown; there are {string.Join(", ", Names)}.", nameof(context));
        }

        if (given["stack"]?.ToString() is { } stack && !Stacks.Contains(stack, StringComparer.Ordinal))
        {
            throw new ArgumentException($"Context 'stack' is '{stack}'; it must be one of {string.Join(", ", Stacks)}.", nameof(context));
        }
    }

    /// <summary>The published functions, by <c>-c functions=DIRECTORY</c>; null to publish them when needed.</summary>
    /// <exception cref="ArgumentException">The directory has no executable <c>bootstrap</c>.</exception>
    public static string? FunctionsOf(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.TryGetContext("functions") is string directory
            ? Checked(
                "functions",
                directory,
                IsExecutable(Path.Combine(directory, "bootstrap")),
                "a directory with the executable bootstrap"
            )
            : null;
    }

    /// <summary>The tags that CloudFormation puts on all resources of a stack: its stage, and <c>-c tags=KEY=VALUE,…</c>.</summary>
    /// <exception cref="ArgumentException">Something that is no list of keys and values, or a key twice.</exception>
    public static Dictionary<string, string> TagsOf(Node node, string stage)
    {
        ArgumentNullException.ThrowIfNull(node);
        Dictionary<string, string> tags = new(StringComparer.Ordinal) { [StageTag] = stage };
        foreach (var pair in (node.TryGetContext("tags") as string ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (
                pair.Split('=') is not [{ Length: > 0 and <= 128 } key, { Length: <= 256 } value]
                || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)
                || !tags.TryAdd(key, value)
            )
            {
                throw new ArgumentException(
                    $"Context 'tags' has '{pair}'; it must be KEY=VALUE, each key once and none with aws:, with commas between.",
                    nameof(node)
                );
            }
        }

        return tags;
    }

    /// <summary>A value that must be an e-mail address.</summary>
    /// <exception cref="ArgumentException">It is none, by its name.</exception>
    public static string Address(string name, string value) =>
        Checked(name, value, value.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && !value.Any(char.IsWhiteSpace), "an e-mail address");

    /// <summary>A value that must be of a kind.</summary>
    /// <param name="name">Its name in the context.</param>
    /// <param name="value">The value.</param>
    /// <param name="holds">Whether it is of that kind.</param>
    /// <param name="kind">What it must be, after "it must be".</param>
    /// <exception cref="ArgumentException">It is not, by its name.</exception>
    public static string Checked(string name, string value, bool holds, string kind) =>
        holds ? value : throw new ArgumentException($"Context '{name}' is '{value}'; it must be {kind}.", nameof(value));

    private static bool IsTheCdks(string name) => name.IndexOfAny(['@', ':', '/']) >= 0;

    private static bool IsExecutable(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & UnixFileMode.UserExecute) != 0);
}
