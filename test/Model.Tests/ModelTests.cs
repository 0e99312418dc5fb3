namespace FairShare.Model.Tests;

/// <summary>Spin searches all states of the models: properties hold, states are reached, and every mutant is contradicted.</summary>
public sealed class ModelTests
{
    [Theory]
    [InlineData("exchange")]
    [InlineData("refresh")]
    [InlineData("sequencer")]
    public async Task Check_AllStatesOfAModel_ComesOutAsItMust(string model)
    {
        Assert.SkipWhen(await ModelFolder.RunAsync("spin", "-V") is null, "Spin is not installed.");
        Assert.SkipWhen(await ModelFolder.RunAsync("gcc", "--version") is null, "There is no C compiler for what Spin writes.");
        var isLong = Environment.GetEnvironmentVariable("FAIRSHARE_LONG_TESTS") == "1";

        var run = await ModelFolder.RunAsync("bash", ["check.sh", .. (isLong ? new[] { "--long" } : []), model]);

        var (exitCode, output, errors) = run!.Value;
        Assert.True(exitCode == 0, errors);
        var wanted = ModelCheck.ReadAll().Count(check => check.Model == model && (check.IsDaily || isLong));
        Assert.Equal(wanted, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
