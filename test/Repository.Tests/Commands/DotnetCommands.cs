using System.Text.RegularExpressions;
using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests.Commands;

/// <summary>Finds calls of <c>dotnet</c> that name a project, a file or a test class that does not exist.</summary>
internal sealed partial class DotnetCommands(RepositoryPaths paths, IReadOnlyCollection<string> projectFolders, TestNames tests)
{
    /// <summary>What is wrong with a piece of code, each as the option or command with what it names.</summary>
    public IEnumerable<string> Faults(string code) =>
        [
            .. Named(code, Project()).Where(project => !projectFolders.Contains(project)).Select(project => $"--project {project}"),
            .. Named(code, Target()).Where(target => target != "." && !paths.Has(target)).Select(target => $"dotnet … {target}"),
            .. Named(code, Class()).Where(name => !tests.HasClass(name)).Select(name => $"-class {name}"),
            .. Named(code, Tests())
                .SelectMany(names => names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(name => !tests.HasProjectOrClass(name))
                .Select(name => $"eng/test.cs -- {name}"),
        ];

    private static IEnumerable<string> Named(string code, Regex regex) =>
        regex.Matches(code).Select(match => match.Groups[1].Value).Where(name => !Placeholder().IsMatch(name));

    [GeneratedRegex(@"dotnet .*?--project (\S+)")]
    private static partial Regex Project();

    [GeneratedRegex(@"dotnet (?:run|build|test|publish|csharpier \w+) ([^\s-]\S*)")]
    private static partial Regex Target();

    [GeneratedRegex(
        """
            -class "?([^\s"]+)
            """
    )]
    private static partial Regex Class();

    [GeneratedRegex(@"eng/test\.cs -- ([\w ]+)")]
    private static partial Regex Tests();

    [GeneratedRegex(@"^[A-Z-]+$")]
    private static partial Regex Placeholder();
}
