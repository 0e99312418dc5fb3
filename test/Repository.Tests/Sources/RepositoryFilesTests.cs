namespace FairShare.Repository.Tests.Sources;

public sealed class RepositoryFilesTests
{
    [Fact]
    public void ListByWalk_OfTheRepository_HasAllFilesThatGitKnows() =>
        Assert.Empty(RepositoryFiles.All.Except(RepositoryFiles.ListByWalk(RepositoryFiles.Root)));

    [Fact]
    public void ListByWalk_OfTheRepository_HasNothingThatABuildMakes() =>
        Assert.DoesNotContain(
            RepositoryFiles.ListByWalk(RepositoryFiles.Root),
            path => path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or ".git")
        );

    [Fact]
    public void Sources_OfTheRepository_HaveThisFile() =>
        Assert.Contains("test/Repository.Tests/Sources/RepositoryFilesTests.cs", RepositoryFiles.Sources);
}
