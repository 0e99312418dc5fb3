using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests.Documents;

public sealed class CitationCheckTests
{
    [Theory]
    [InlineData("x.cs", "// As docs/a.md says.")]
    [InlineData("x.cs", "// docs/decisions/0001: why")]
    [InlineData("x.cs", "emulator/docs/b.md")]
    [InlineData("emulator/x.cs", "// As docs/b.md says.")]
    public void Faults_PageThatExists_AreNone(string file, string text) => Assert.Empty(Faults(file, text));

    [Theory]
    [InlineData("x.cs", "// As docs/none.md says.", "docs/none.md")]
    [InlineData("x.cs", "// As docs/b.md says.", "docs/b.md")]
    [InlineData("Directory.Build.props", "<!-- docs/decisions/0002 -->", "docs/decisions/0002")]
    [InlineData("emulator/x.cs", "docs/none.md", "docs/none.md")]
    [InlineData("x.sh", "# docs/decisions/0001-none.md", "docs/decisions/0001-none.md")]
    public void Faults_PageThatIsMissing_IsNamed(string file, string text, string page) =>
        Assert.Equal([$"{file}: {page}"], Faults(file, text));

    private static IEnumerable<string> Faults(string file, string text) =>
        new CitationCheck(new RepositoryPaths(["docs/a.md", "docs/decisions/0001-one.md", "emulator/docs/b.md"])).Faults(file, text);
}
