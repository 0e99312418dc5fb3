using System.Text.RegularExpressions;
using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests.Documents;

/// <summary>Finds pages of <c>docs/</c> that a comment, a message or a script cites and that do not exist.</summary>
internal sealed partial class CitationCheck(RepositoryPaths paths)
{
    /// <summary>The missing pages that a file cites, each as <c>file: page</c>.</summary>
    /// <remarks>The emulator has pages of its own; its files cite them from its folder.</remarks>
    public IEnumerable<string> Faults(string file, string text) =>
        Citation()
            .Matches(text)
            .Select(match => match.Value)
            .Distinct()
            .Where(page => !Exists(page) && !(file.StartsWith("emulator/", StringComparison.Ordinal) && Exists($"emulator/{page}")))
            .Select(page => $"{file}: {page}");

    // A decision may be cited by its number alone.
    private bool Exists(string page) => Path.HasExtension(page) ? paths.Has(page) : paths.HasPrefix(page + "-");

    [GeneratedRegex(@"(?<![\w./-])(?:emulator/)?docs/(?:[\w/-]+\.md\b|decisions/\d{4}\b(?!-))")]
    private static partial Regex Citation();
}
