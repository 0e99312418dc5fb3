using Xunit;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>The table of docs/mutants.md is the catalogue.</summary>
public sealed class MutantsPageTests
{
    [Fact]
    public void Page_Table_IsTheCatalogue()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mutants.md"));
        var rows = page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();
        var expected = MutantCatalog.All.Select(Row).ToList();
        Assert.Contains($"Seeded: {expected.Count}. Caught: {expected.Count}.", page, StringComparison.Ordinal);
        Assert.True(expected.SequenceEqual(rows), $"The table must be:\n{string.Join('\n', expected)}");
    }

    [Fact]
    public void Catalogue_NamesAndKinds_AreClear()
    {
        Assert.Equal(MutantCatalog.All.Count, MutantCatalog.All.Select(mutant => mutant.Name).Distinct().Count());
        Assert.All(MutantCatalog.All, mutant => Assert.True(mutant.Template is null != mutant.Defect is null, mutant.Name));
    }

    private static string Row(Mutant mutant) =>
        $"| `{mutant.Name}` | {mutant.Place} | {mutant.Does} | {mutant.Schedule.Name} | {Words(mutant.Breaks)} |";

    private static string Words(Promise promise) =>
        string.Concat(
            promise
                .ToString()
                .Select((letter, place) => char.IsUpper(letter) && place > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{letter}")
        );
}
