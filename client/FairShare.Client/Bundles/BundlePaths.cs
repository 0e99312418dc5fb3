using FairShare.Client.Evidence;

namespace FairShare.Client.Bundles;

/// <summary>Where the files of a bundle lie.</summary>
internal static class BundlePaths
{
    /// <summary>The public keys.</summary>
    public const string Keys = "keys.json";

    /// <summary>The page for people.</summary>
    public const string Page = "certificate.html";

    private static readonly HashSet<string> Known = [Keys, Page, .. EvidenceSet.Names.Select(Token)];

    /// <summary>The path of a token.</summary>
    public static string Token(string name) => $"{name}.jws";

    /// <summary>Whether a bundle may have such a file: what no check looks at would seem to be checked.</summary>
    public static bool IsKnown(string path) => Known.Contains(path);
}
