using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests;

public sealed class LineLengthTests
{
    private const int Longest = 140;

    [Fact]
    public void Sources_EveryLine_Has140ColumnsAtMost()
    {
        var faults = RepositoryFiles.Sources.SelectMany(path => Judge(path, LongLines(RepositoryFiles.Read(path)), KnownLongLines.OfFiles));
        var gone = KnownLongLines.OfFiles.Keys.Except(RepositoryFiles.Sources).Select(path => $"{path}: gone, take it from the list");
        var all = faults.Concat(gone).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    [Fact]
    public void LongLines_LineOf141Columns_IsTheOne() =>
        Assert.Equal([2], LongLines($"{Columns(140)}\n{Columns(141)}\r\n{Columns(140)}\r\n"));

    [Fact]
    public void Judge_LineOfAFileThatIsNotListed_IsNamed() => Assert.Equal(["a.cs:7"], Judge("a.cs", [7], new Dictionary<string, int>()));

    [Fact]
    public void Judge_MoreLinesThanAreListed_AreNamed() =>
        Assert.Equal(["a.cs:7", "a.cs:9"], Judge("a.cs", [7, 9], new Dictionary<string, int> { ["a.cs"] = 1 }));

    [Fact]
    public void Judge_AsManyLinesAsAreListed_IsKnown() => Assert.Empty(Judge("a.cs", [7], new Dictionary<string, int> { ["a.cs"] = 1 }));

    [Fact]
    public void Judge_FewerLinesThanAreListed_ShortensTheList() =>
        Assert.Equal(["a.cs: 0 long lines and not 1, say so in the list"], Judge("a.cs", [], new Dictionary<string, int> { ["a.cs"] = 1 }));

    private static string Columns(int count) => new('x', count);

    private static List<int> LongLines(string text) =>
        [.. text.Split('\n').Index().Where(line => line.Item.TrimEnd('\r').Length > Longest).Select(line => line.Index + 1)];

    private static IEnumerable<string> Judge(string path, List<int> lines, IReadOnlyDictionary<string, int> known)
    {
        var allowed = known.GetValueOrDefault(path);
        return lines.Count > allowed ? lines.Select(line => $"{path}:{line}")
            : lines.Count < allowed ? [$"{path}: {lines.Count} long lines and not {allowed}, say so in the list"]
            : [];
    }
}
