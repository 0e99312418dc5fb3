using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests;

public sealed class WhiteSpaceTests
{
    [Fact]
    public void Texts_All_EndWithALineEndAndHaveNoTrailingSpace() =>
        NoFaults.Among(RepositoryFiles.Texts.Where(IsWritten).SelectMany(path => Faults(path, RepositoryFiles.Read(path))));

    [Fact]
    public void Faults_TrailingSpace_IsNamedByFileAndLine() => Assert.Equal(["a.md:2", "a.md:3"], Faults("a.md", "x\ny \nz\t\n"));

    [Fact]
    public void Faults_TextWithoutALineEnd_IsNamed() => Assert.Equal(["a.md: no line end"], Faults("a.md", "x"));

    // The formatter holds C#, in whose literals a space may stand at a line's end; the CDK writes the snapshots.
    private static bool IsWritten(string path) =>
        !path.EndsWith(".cs", StringComparison.Ordinal) && !path.StartsWith("cdk/snapshot/", StringComparison.Ordinal);

    private static IEnumerable<string> Faults(string path, string text)
    {
        var lines = text.Split('\n').Index().Where(line => line.Item.Length > line.Item.TrimEnd(' ', '\t').Length);
        var trailing = lines.Select(line => $"{path}:{line.Index + 1}");
        return text.Length == 0 || text.EndsWith('\n') ? trailing : trailing.Append($"{path}: no line end");
    }
}
