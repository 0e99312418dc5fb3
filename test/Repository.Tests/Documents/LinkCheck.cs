using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests.Documents;

/// <summary>Finds links that lead nowhere.</summary>
internal sealed class LinkCheck(RepositoryPaths paths, IReadOnlyDictionary<string, Markdown> documents)
{
    /// <summary>The broken links of a document, each as <c>document: target</c>.</summary>
    public IEnumerable<string> Faults(string document) =>
        documents[document]
            .LinkTargets.Select(link => link.Text)
            .Where(target => !Leads(document, target))
            .Select(target => $"{document}: {target}");

    private bool Leads(string document, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
        {
            return true;
        }

        var (path, anchor) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, null);
        var file = path.Length == 0 ? document : RepositoryPaths.Resolve(document, path);
        return file is not null
            && paths.Has(file)
            && (anchor is null || (documents.GetValueOrDefault(file)?.Anchors.Contains(anchor) ?? false));
    }
}
