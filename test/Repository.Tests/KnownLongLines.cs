namespace FairShare.Repository.Tests;

/// <summary>The files that still have longer lines, and how many; break the lines, and take the file from here.</summary>
internal static class KnownLongLines
{
    /// <summary>The number of long lines by the file's path.</summary>
    public static IReadOnlyDictionary<string, int> OfFiles { get; } = new Dictionary<string, int> { };
}
