namespace FairShare.Cdk.Tests;

/// <summary>The tables of docs/rights-invoked.md, each behind its name in a comment.</summary>
internal static class InvokedPage
{
    /// <summary>
    /// Says that a table is not what the templates have, and writes what it should be beside the tests; one without rows is left out.
    /// </summary>
    public static IEnumerable<string> FaultsOf(string name, IEnumerable<string> rows)
    {
        List<string> all = [.. rows];
        List<string> expected = all.Count > 2 ? all : [];
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "rights-invoked.md")).ToList();
        var start = lines.IndexOf($"<!-- {name} -->") + 1;
        var actual = lines.Skip(start).TakeWhile(line => line.StartsWith('|')).ToList();
        var made = Path.Combine(AppContext.BaseDirectory, $"rights-invoked.{name}.md");
        File.WriteAllLines(made, expected);
        return start > 0 && expected.SequenceEqual(actual)
            ? []
            : [$"docs/rights-invoked.md, {name}: the table that the template has is in {made}."];
    }
}
