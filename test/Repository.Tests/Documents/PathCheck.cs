using System.Text.RegularExpressions;
using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests.Documents;

/// <summary>Finds paths in code spans and code blocks that name no file and no folder.</summary>
/// <remarks>
/// A span that is a path must name something: from the root, from the document's folder, or as the end of a path (<c>Api/</c>). So must
/// whatever begins with a folder of the root anywhere in code, and the name of a source file. A segment in capitals (<c>FILE-ID</c>)
/// stands for what the reader puts there, and what builds make is not looked for.
/// </remarks>
internal sealed partial class PathCheck(RepositoryPaths paths, IReadOnlyCollection<string> notOfRepository)
{
    /// <summary>The paths of a document that name nothing, each as <c>document: path</c>.</summary>
    public IEnumerable<string> Faults(string name, Markdown document)
    {
        var spans = document.CodeSpans.Select(span => span.Text).ToList();
        var words = spans
            .Concat(document.CodeLines.Select(line => line.Text))
            .SelectMany(text => Word().Matches(text))
            .Select(match => match.Value);
        return spans
            .Where(span => WholePath().IsMatch(span) || FileName().IsMatch(span))
            .Concat(words.Where(paths.IsBelowTopFolder))
            .Distinct()
            .Where(path => !IsPlaceholder(path) && !notOfRepository.Contains(path) && !Names(name, path))
            .Select(path => $"{name}: {path}");
    }

    private static bool IsPlaceholder(string path) =>
        path.StartsWith("./", StringComparison.Ordinal)
        || path.Contains("/bin/", StringComparison.Ordinal)
        || path.Split('/').Any(segment => Placeholder().IsMatch(segment));

    private bool Names(string document, string path) =>
        paths.Has(path) || paths.HasEnding(path) || (RepositoryPaths.Resolve(document, path) is { } resolved && paths.Has(resolved));

    [GeneratedRegex(@"^[\w.@*-]+(/[\w.@*-]*)+$")]
    private static partial Regex WholePath();

    [GeneratedRegex(@"^[\w.-]+\.(cs|csproj|md|props|py|sh|sln|targets)$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"(?<![\w./$~<>{}*:-])[\w.-]+(/[\w.*-]+)+/?(?![\w/<{*])")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[A-Z][A-Z-]+(\.\w+)?$")]
    private static partial Regex Placeholder();
}
