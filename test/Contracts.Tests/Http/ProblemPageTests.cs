using System.Reflection;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Contracts.Standing;

namespace FairShare.Contracts.Tests.Http;

/// <summary>The tables of codes in docs/problems.md have the problems that there are.</summary>
public sealed class ProblemPageTests
{
    [Fact]
    public void Page_OfTheService_HasItsProblems()
    {
        var problems = typeof(ProblemType)
            .Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Problems", StringComparison.Ordinal))
            .Where(type => type != typeof(PeerProblems) && type != typeof(StandingProblems))
            .SelectMany(In)
            .OrderBy(problem => problem.Code, StringComparer.Ordinal);
        Assert.Equal(problems.Select(problem => $"| `{problem.Code}` | {problem.Status} | {problem.Title} |"), Rows("codes"));
    }

    [Fact]
    public void Page_OfPeersAndCoordinators_HasTheirProblems()
    {
        var rows = Rows("peers")
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .Select(cells => $"{cells[0].Trim('`')} {cells[1]} {cells[2]}");
        Assert.Equal([.. Of(typeof(PeerProblems), "peer"), .. Of(typeof(StandingProblems), "coordinator")], rows);
    }

    private static IEnumerable<string> Of(Type problems, string who) =>
        In(problems).Select(problem => $"{problem.Code} {problem.Status} {who}");

    private static IEnumerable<ProblemType> In(Type problems) =>
        problems.GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => property.GetValue(null)).OfType<ProblemType>();

    /// <summary>The rows of the table behind a mark.</summary>
    private static IEnumerable<string> Rows(string mark) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "problems.md"))
            .SkipWhile(line => line != $"<!-- {mark} -->")
            .Skip(3)
            .TakeWhile(line => line.StartsWith('|'));
}
