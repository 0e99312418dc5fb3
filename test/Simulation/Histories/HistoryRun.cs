using FairShare.Simulation.Faults;
using FairShare.Simulation.Histories.Backup;
using FairShare.Simulation.Histories.Vault;
using FairShare.Simulation.Runs;

namespace FairShare.Simulation.Histories;

/// <summary>Plays a plan on a service, or a part of it, and judges what came of it.</summary>
internal sealed class HistoryRun(SimulatedService service, HistoryPlan plan)
{
    // Longer than a call without an answer takes, with the attempt after it.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(75);

    /// <param name="deeds">Those of the plan that are done.</param>
    /// <param name="faults">What goes wrong instead of what follows from the seed; null for that.</param>
    public async Task<HistoryResult> RunAsync(IReadOnlyList<Deed> deeds, IReadOnlyList<StruckFault>? faults = null)
    {
        if (plan.IsStory)
        {
            // What is still under way behind the calls of the one before would come into this one.
            await Task.Delay(Rest, service.Clock);
            await service.EndIdleFunctionsAsync();
        }

        using var trace = new CallTrace(service.Clock.GetUtcNow());
        service.Heard = trace.Add;
        // A history that is played again has other ids: on one host they are used once.
        var key = service.Reseed(plan.Seed);
        service.Judge.BeginHistory();
        foreach (var (party, skew) in service.Parties.Zip(plan.Skews))
        {
            party.Skew = TimeSpan.FromSeconds(skew);
            await party.RefreshAsync();
        }

        var started = new StartedDeeds();
        var scene = await SceneAsync(started, key);
        service.Faults.Begin(plan.Seed, plan.FaultRate, faults);
        await Task.WhenAll(deeds.Select(deed => Start(deed, scene, started)).ToList());
        service.Faults.End();
        await scene.ProveAsync();
        service.Heard = _ => { };
        return new HistoryResult(plan, service.Judge.Violation, scene.Endings, [.. service.Faults.Struck], trace.Calls, trace.Digest());
    }

    private async Task<IScene> SceneAsync(StartedDeeds started, string key) =>
        plan.Kind switch
        {
            HistoryKind.Backup => new BackupScene(service, await service.PeersAsync(), started, plan.IsStory),
            HistoryKind.Vault => new VaultScene(service, plan, started),
            _ => new ExchangeScene(service, plan, started, key),
        };

    private Task Start(Deed deed, IScene scene, StartedDeeds started)
    {
        var task = GuardedAsync(deed, scene);
        started.Add(deed, task);
        return task;
    }

    private async Task GuardedAsync(Deed deed, IScene scene)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(deed.At + 1), service.Clock);
            await (deed.Kind == DeedKind.Wait ? Task.CompletedTask : scene.DoAsync(deed, service.Parties[deed.Actor]));
        }
#pragma warning disable CA1031 // Whatever else comes of a deed than an answer that its route declares is a finding.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            service.Judge.Note($"{deed}: {fault.GetType().Name}: {fault.Message}");
        }
    }
}
