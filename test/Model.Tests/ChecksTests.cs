using System.Text.RegularExpressions;

namespace FairShare.Model.Tests;

/// <summary>The list of checks covers the models, and the page says what was found.</summary>
public sealed partial class ChecksTests
{
    [Theory]
    [InlineData("exchange")]
    [InlineData("refresh")]
    [InlineData("sequencer")]
    public void Checks_OfAModel_AskEveryPropertyAndTryEveryMutant(string model)
    {
        var text = ModelFolder.Read(model);
        var checks = ModelCheck.ReadAll().Where(check => check.Model == model).ToList();

        var properties = Property().Matches(text).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(properties.Order(), checks.Select(check => check.Property).Distinct().Order());
        var mutants = Mutant().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order().ToList();
        var tried = checks.Where(check => check.WantsContradiction).SelectMany(check => check.Definitions).ToHashSet();
        Assert.NotEmpty(mutants);
        Assert.All(mutants, mutant => Assert.Contains(mutant, tried));
    }

    [Fact]
    public void Checks_OfReachedStates_WantThemReached() =>
        Assert.All(
            ModelCheck.ReadAll(),
            check => Assert.Equal(check.Property.StartsWith("reach_", StringComparison.Ordinal), IsReached(check))
        );

    [Fact]
    public void Page_HasARowForEachMutantAndProperty()
    {
        var page = File.ReadAllText(Path.Combine(ModelFolder.Path, "..", "docs", "model.md"));
        Assert.All(ModelCheck.ReadAll(), check => Assert.Contains($"`{check.Property}`", page, StringComparison.Ordinal));
        var mutants = new[] { "exchange", "refresh", "sequencer" }.SelectMany(model => Mutant().Matches(ModelFolder.Read(model)));
        Assert.All(mutants, mutant => Assert.Contains($"`{mutant.Groups[1].Value}`", page, StringComparison.Ordinal));
    }

    // Without a mutant, what is contradicted is that a state is not reached.
    private static bool IsReached(ModelCheck check) =>
        check.WantsContradiction && !check.Definitions.Any(one => one.Contains('_', StringComparison.Ordinal));

    [GeneratedRegex(@"^ltl (\w+)", RegexOptions.Multiline)]
    private static partial Regex Property();

    // Mutants have names of several words; what the model is made larger or smaller by has one.
    [GeneratedRegex(@"^#ifn?def ([A-Z]+(?:_[A-Z0-9]+)+)$", RegexOptions.Multiline)]
    private static partial Regex Mutant();
}
