using FairShare.Repository.Tests.Namespaces;

namespace FairShare.Repository.Tests.Commands;

/// <summary>The names by which tests are chosen: those of projects, and those of classes.</summary>
internal sealed class TestNames
{
    private readonly List<string> projects;
    private readonly HashSet<string> classes;

    /// <param name="projects">The names of the test projects' files.</param>
    /// <param name="sources">The texts of their sources.</param>
    public TestNames(IEnumerable<string> projects, IEnumerable<string> sources)
    {
        this.projects = [.. projects];
        classes =
        [
            .. sources.Select(text => new SourceFile(text)).SelectMany(file => file.Types.Select(type => $"{file.Namespace}.{type}")),
        ];
    }

    /// <summary>Whether some class has this full name, or a name like this pattern with an asterisk before or behind.</summary>
    public bool HasClass(string pattern)
    {
        var name = pattern.Trim('*');
        return classes.Any(full =>
            (pattern.StartsWith('*') || full.StartsWith(name, StringComparison.Ordinal))
            && (pattern.EndsWith('*') || full.EndsWith(name, StringComparison.Ordinal))
            && full.Contains(name, StringComparison.Ordinal)
        );
    }

    /// <summary>Whether <c>eng/test.cs</c> finds something by this name.</summary>
    public bool HasProjectOrClass(string name) =>
        projects.Exists(project => project.Contains(name, StringComparison.OrdinalIgnoreCase)) || HasClass($"*.{name}");
}
