using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests.Documents;

/// <summary>The documents of the repository.</summary>
internal static class RepositoryDocuments
{
    /// <summary>Every Markdown file with its path.</summary>
    public static IReadOnlyDictionary<string, Markdown> All { get; } =
        RepositoryFiles
            .All.Where(path => path.EndsWith(".md", StringComparison.Ordinal))
            .ToDictionary(path => path, path => new Markdown(RepositoryFiles.Read(path)));
}
