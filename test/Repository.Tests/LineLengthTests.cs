using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests;

public sealed class LineLengthTests
{
    private const int Longest = 140;

    [Fact]
    public void Sources_EveryLine_Has140ColumnsAtMost()
    {
        var faults = RepositoryFiles
            .Sources.SelectMany(path => LongLines(RepositoryFiles.Read(path)).Select(line => $"{path}:{line}"))
            .ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void LongLines_LineOf141Columns_IsTheOne() =>
        Assert.Equal([2], LongLines($"{Columns(140)}\n{Columns(141)}\r\n{Columns(140)}\r\n"));

    private static string Columns(int count) => new('x', count);

    private static IEnumerable<int> LongLines(string text) =>
        text.Split('\n').Index().Where(line => line.Item.TrimEnd('\r').Length > Longest).Select(line => line.Index + 1);
}
