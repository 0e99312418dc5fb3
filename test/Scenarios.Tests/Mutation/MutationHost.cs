using FairShare.Testing;
using TemplateHost.Gateway.Faults;
using TemplateHost.Hosting;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>
/// The service with functions that can be given a defect, one run after another; each run has parties, documents and exchanges of its own.
/// </summary>
internal sealed class MutationHost : IAsyncDisposable
{
    private int runs;

    private MutationHost() { }

    public ShiftedTime Time { get; } = new();

    public FaultPlan Faults { get; } = new(seed: 15);

    public DefectiveFunctions Functions { get; } = new();

    public Witness Witness { get; private set; } = null!;

    public TestHost Host { get; private set; } = null!;

    /// <summary>Deploys a template; without the log, which no run here looks at.</summary>
    public static async Task<MutationHost> StartAsync(Func<string, string>? change = null)
    {
        var host = new MutationHost();
        var template = TestTemplate.WithoutLog();
        host.Host = await TestHost.StartAsync(
            new EmbeddedHostOptions
            {
                Listen = false,
                Time = host.Time,
                Faults = host.Faults,
            },
            change is null ? template : change(template),
            isJudged: false,
            wire: inner => host.Witness = new Witness(inner),
            functions: host.Functions.Start
        );
        return host;
    }

    /// <summary>Runs a schedule with a defect, or with none, and says which promises were broken.</summary>
    public async Task<IReadOnlyList<Violation>> RunAsync(Schedule schedule, Mutant? mutant)
    {
        await using var world = await MutationWorld.EnterAsync(this, ++runs, mutant?.Defect);
        try
        {
            await schedule.Run(world);
        }
        finally
        {
            Faults.Rules = [];
        }

        return await world.JudgeAsync();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
