using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>docs/rights.md says what the synthesized template says.</summary>
public sealed class RightsPageTests
{
    [Theory]
    [InlineData("rights")]
    [InlineData("denials")]
    [InlineData("trust")]
    [InlineData("peer")]
    [InlineData("coordinator")]
    public void Page_Table_IsTheTemplates(string table)
    {
        var page = new RightsPage(new Template("dev"));
        var expected = (
            table switch
            {
                "rights" => page.Rights(),
                "denials" => page.Denials(),
                "peer" => new RightsPage(Template.OfPeer("dev")).Rights(),
                "coordinator" => new RightsPage(Template.OfCoordinator("dev")).Rights(),
                _ => page.Trust(),
            }
        ).ToList();
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "rights.md")).ToList();
        var start = lines.IndexOf($"<!-- {table} -->") + 1;
        var actual = lines.Skip(start).TakeWhile(line => line.StartsWith('|')).ToList();
        var made = Path.Combine(AppContext.BaseDirectory, $"rights.{table}.md");
        File.WriteAllLines(made, expected);
        Assert.True(start > 0 && expected.SequenceEqual(actual), $"docs/rights.md, {table}: the table that the template has is in {made}.");
    }
}
