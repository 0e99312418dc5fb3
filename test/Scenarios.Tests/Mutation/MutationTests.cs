using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>
/// Each seeded defect breaks the promise that it is said to break, and the judge sees it; without defects the same schedules break none.
/// </summary>
public sealed class MutationTests(SharedMutationHost shared) : IClassFixture<SharedMutationHost>
{
    public static TheoryData<string> Mutants => [.. MutantCatalog.All.Select(mutant => mutant.Name)];

    public static TheoryData<string> Schedules => [.. MutantCatalog.Schedules.Select(schedule => schedule.Name)];

    [Theory]
    [MemberData(nameof(Mutants))]
    public async Task Judge_SeededDefect_SeesThePromiseBroken(string name)
    {
        SkipWhenPublished();
        var mutant = MutantCatalog.All.Single(mutant => mutant.Name == name);
        var violations = await RunAsync(mutant);
        Assert.True(
            violations.Any(violation => violation.Promise == mutant.Breaks),
            $"{mutant.Breaks} was expected to break; broken: {string.Join("; ", violations)}"
        );
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public async Task Judge_NoDefect_SeesNothingBroken(string name)
    {
        SkipWhenPublished();
        Assert.Empty(await shared.Host.RunAsync(MutantCatalog.Schedules.Single(schedule => schedule.Name == name), null));
    }

    private static void SkipWhenPublished() =>
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Published functions cannot be given a defect.");

    private async Task<IReadOnlyList<Violation>> RunAsync(Mutant mutant)
    {
        if (mutant.Template is not { } edit)
        {
            return await shared.Host.RunAsync(mutant.Schedule, mutant);
        }

        await using var host = await MutationHost.StartAsync(edit);
        return await host.RunAsync(mutant.Schedule, mutant);
    }
}

/// <summary>One host for all runs whose template is as it is deployed.</summary>
public sealed class SharedMutationHost : IAsyncLifetime
{
    internal MutationHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await MutationHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
