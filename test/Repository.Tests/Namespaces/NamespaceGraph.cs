namespace FairShare.Repository.Tests.Namespaces;

/// <summary>Which namespaces of a project refer to which others of the same project.</summary>
internal sealed class NamespaceGraph
{
    private readonly List<SourceFile> files;
    private readonly HashSet<string> names;
    private readonly ILookup<string, string> references;

    /// <param name="texts">The sources of one project.</param>
    public NamespaceGraph(IEnumerable<string> texts)
    {
        files = [.. texts.Select(text => new SourceFile(text))];
        names = [.. files.Select(file => file.Namespace).Where(name => name != SourceFile.Program)];
        references = files
            .SelectMany(file => ReferencesOf(file).Select(to => (From: file.Namespace, To: to)))
            .Distinct()
            .Where(reference => reference.From != reference.To)
            .ToLookup(reference => reference.From, reference => reference.To);
    }

    /// <summary>Every reference, <c>A -> B</c>, from whose target a way leads back to its source.</summary>
    public IEnumerable<string> ReferencesInCircles =>
        references.SelectMany(from => from.Where(to => Reachable(to).Contains(from.Key)).Select(to => $"{from.Key} -> {to}"));

    private IEnumerable<string> ReferencesOf(SourceFile file) =>
        file.DottedNames.Select(Innermost).OfType<string>().Concat(OuterReferences(file));

    // The innermost namespace of the project that a dotted name begins with.
    private string? Innermost(string dotted) =>
        names.Where(name => dotted == name || dotted.StartsWith(name + ".", StringComparison.Ordinal)).MaxBy(name => name.Length);

    // A file needs no using directive for the namespaces around its own; there the names of types tell.
    private IEnumerable<string> OuterReferences(SourceFile file) =>
        files
            .Where(other => file.Namespace.StartsWith(other.Namespace + ".", StringComparison.Ordinal) && other.Types.Any(file.Names))
            .Select(other => other.Namespace);

    private HashSet<string> Reachable(string start)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>(references[start]);
        while (open.TryPop(out var name))
        {
            if (seen.Add(name))
            {
                references[name].ToList().ForEach(open.Push);
            }
        }

        return seen;
    }
}
