using FairShare.Client.Evidence;

namespace FairShare.Client.Bundles;

/// <summary>Where the files of a bundle lie.</summary>
internal static class BundlePaths
{
    /// <summary>The public keys.</summary>
    public const string Keys = "keys.json";

    /// <summary>What the store stated of its own keys, one record a line.</summary>
    public const string Successions = "successions.jws";

    /// <summary>The page for people.</summary>
    public const string Page = "certificate.html";

    /// <summary>The log's verifier key.</summary>
    public const string LogKey = "log/key";

    /// <summary>The log's signed checkpoint.</summary>
    public const string Checkpoint = "log/checkpoint";

    /// <summary>The stamp of the checkpoint.</summary>
    public const string Stamp = "log/checkpoint.tsr";

    /// <summary>The tokens to which parties attach stamps.</summary>
    public static IReadOnlyList<string> Stamped { get; } = ["nro", "nrr"];

    private static readonly HashSet<string> Known =
    [
        Keys,
        Successions,
        Page,
        LogKey,
        Checkpoint,
        Stamp,
        .. EvidenceSet.Names.Select(Token),
        .. EvidenceSet.Names.Select(Proof),
        .. Stamped.Select(TokenStamp),
    ];

    /// <summary>The path of the stamp that a party attached to its token.</summary>
    public static string TokenStamp(string name) => $"stamps/{name}.tsr";

    /// <summary>The path of the proof that a token stands in the log.</summary>
    public static string Proof(string name) => $"log/{name}.tlog-proof";

    /// <summary>The path of a token.</summary>
    public static string Token(string name) => $"{name}.jws";

    /// <summary>The lines of a file.</summary>
    public static IReadOnlyList<string> LinesOf(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a bundle may have such a file: what no check looks at would seem to be checked.</summary>
    public static bool IsKnown(string path) => Known.Contains(path);
}
