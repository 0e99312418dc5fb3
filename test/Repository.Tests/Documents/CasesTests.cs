using System.Text.RegularExpressions;
using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests.Documents;

/// <summary>The rows of the pages of cases name tests that exist.</summary>
public sealed partial class CasesTests
{
    [Theory]
    [InlineData("docs/backup-cases.md")]
    [InlineData("docs/protocol-cases.md")]
    [InlineData("docs/web-cases.md")]
    public void Page_EachRow_NamesTestsThatExist(string page)
    {
        var tests = RepositoryFiles
            .All.Where(path => path.StartsWith("test/", StringComparison.Ordinal) && path.EndsWith("Tests.cs", StringComparison.Ordinal))
            .ToDictionary(path => path, RepositoryFiles.Read);
        var rows = RepositoryFiles
            .Read(page)
            .Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !Heading().IsMatch(line))
            .ToList();
        Assert.NotEmpty(rows);
        Assert.All(
            rows,
            row =>
            {
                var named = Test().Matches(row);
                Assert.NotEmpty(named);
                Assert.All(
                    named,
                    test =>
                        Assert.Contains(
                            tests,
                            file =>
                                file.Key.EndsWith($"/{test.Groups[1].Value}.cs", StringComparison.Ordinal)
                                && file.Value.Contains($" {test.Groups[2].Value}(", StringComparison.Ordinal)
                        )
                );
            }
        );
    }

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex Test();

    [GeneratedRegex("^\\| (what|input|---) ")]
    private static partial Regex Heading();
}
