using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests.Namespaces;

/// <summary>Within a project, the folders (which are its namespaces) stand above one another.</summary>
public sealed class CircleTests
{
    // The emulator holds this rule of its own; stand-ins have the namespaces of the packages that they stand in for.
    private static readonly string[] Outside = ["emulator/", "lib/compat/", "test/"];

    /// <summary>The folders of the projects of the product.</summary>
    public static TheoryData<string> Projects { get; } =
    [
        .. RepositoryFiles
            .All.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) && !Array.Exists(Outside, path.StartsWith))
            .Select(path => path[..path.LastIndexOf('/')]),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ItsNamespaces_HaveNoCircle(string project)
    {
        var sources = RepositoryFiles.Sources.Where(path => path.StartsWith(project + "/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(sources);
        var graph = new NamespaceGraph(sources.Select(RepositoryFiles.Read));
        NoFaults.Among(graph.ReferencesInCircles);
    }
}
