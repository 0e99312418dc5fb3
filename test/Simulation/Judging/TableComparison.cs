using FairShare.Testing;
using FairShare.Testing.Oracle;

namespace FairShare.Simulation.Judging;

/// <summary>Reads the whole table once, at the end of a batch: the judge has heard of everything that stands in it.</summary>
internal static class TableComparison
{
    /// <exception cref="FairnessViolationException">The table has an item that no change told of, or another.</exception>
    public static async Task RequireSameAsync(TestHost host, Judge judge)
    {
        using var table = new TableReader(host);
        foreach (var item in await table.ScanAsync())
        {
            var told = judge.Table.Find(item["pk"].S, item["sk"].S);
            if (item.Any(attribute => attribute.Value.S is { Length: > 0 } text && TableMirror.Text(told, attribute.Key) != text))
            {
                throw new FairnessViolationException($"No change told of {item["pk"].S} {item["sk"].S} as it stands.");
            }
        }
    }
}
