using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests.Documents;

public sealed class PathCheckTests
{
    [Theory]
    [InlineData("`functions/Api/Decline.cs`")]
    [InlineData("`functions/Api`")]
    [InlineData("`Api/`")]
    [InlineData("`Decline.cs`")]
    [InlineData("`../eng/run.sh`")]
    [InlineData("`./data`")]
    [InlineData("`keys/KID.pem`")]
    [InlineData("`POST /documents/{fileId}/abort`")]
    [InlineData("`functions/bin/Debug/bootstrap`")]
    [InlineData("`known/away`")]
    public void Faults_PathThatNamesSomething_AreNone(string text) => Assert.Empty(Faults(text));

    [Theory]
    [InlineData("`functions/Api/None.cs`", "functions/Api/None.cs")]
    [InlineData("`local/`", "local/")]
    [InlineData("`None.cs`", "None.cs")]
    [InlineData("`bash eng/none.sh`", "eng/none.sh")]
    [InlineData("```\n$ bash eng/none.sh --all\n```", "eng/none.sh")]
    [InlineData("```\n. eng/none.sh; true\n```", "eng/none.sh")]
    public void Faults_PathThatNamesNothing_IsNamed(string text, string path) => Assert.Equal([$"docs/a.md: {path}"], Faults(text));

    private static IEnumerable<string> Faults(string text) =>
        new PathCheck(new RepositoryPaths(["docs/a.md", "functions/Api/Decline.cs", "eng/run.sh"]), ["known/away"]).Faults(
            "docs/a.md",
            new Markdown(text)
        );
}
