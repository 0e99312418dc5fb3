using System.Reflection;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Contracts.Standing;

namespace FairShare.Contracts.Tests.Http;

/// <summary>The table of peers and coordinators in docs/problems.md has the problems that there are.</summary>
public sealed class ProblemPageTests
{
    [Fact]
    public void Page_OfPeersAndCoordinators_HasTheirProblems()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "problems.md"))
            .SkipWhile(line => line != "<!-- peers -->")
            .Skip(3)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .Select(cells => $"{cells[0].Trim('`')} {cells[1]} {cells[2]}");
        Assert.Equal([.. Of(typeof(PeerProblems), "peer"), .. Of(typeof(StandingProblems), "coordinator")], rows);
    }

    private static IEnumerable<string> Of(Type problems, string who) =>
        problems
            .GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => property.GetValue(null))
            .OfType<ProblemType>()
            .Select(problem => $"{problem.Code} {problem.Status} {who}");
}
