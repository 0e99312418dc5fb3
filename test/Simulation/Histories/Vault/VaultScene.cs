using FairShare.Simulation.Runs;

namespace FairShare.Simulation.Histories.Vault;

/// <summary>Items of the vault in a history.</summary>
/// <param name="service">Where they are.</param>
/// <param name="plan">The history.</param>
/// <param name="started">Its deeds.</param>
internal sealed class VaultScene(SimulatedService service, HistoryPlan plan, StartedDeeds started) : IScene
{
    private readonly Dictionary<int, SimulatedItem> items = [];
    private readonly List<string> endings = [];

    public IReadOnlyList<string> Endings => endings;

    public async Task DoAsync(Deed deed, SimulatedParty actor)
    {
        if (deed.Kind == DeedKind.Store)
        {
            var item = items[deed.Document] = new SimulatedItem(service, actor, plan.DeadlineSeconds, deed.Choice);
            await item.StoreAsync();
            return;
        }

        await started.AfterAsync(DeedKind.Store, deed.Document);
        if (items.GetValueOrDefault(deed.Document) is { } known)
        {
            await DoAsync(deed, known);
        }
    }

    public async Task ProveAsync()
    {
        foreach (var (_, item) in items.OrderBy(pair => pair.Key))
        {
            await new ItemProof(service, item, endings.Add).RunAsync();
        }

        await QuotaProof.RunAsync(service);
    }

    private static Task DoAsync(Deed deed, SimulatedItem item) =>
        deed.Kind switch
        {
            DeedKind.Open => item.OpenAsync(deed.Exchange),
            DeedKind.OpenAgain => item.OpenAgainAsync(deed.Exchange),
            DeedKind.Guess => item.GuessAsync(),
            DeedKind.GiveBack => item.GiveBackAsync(deed.Exchange),
            DeedKind.Limit => item.LimitAsync(deed.Choice),
            DeedKind.ReadOwn => item.ReadOwnAsync(),
            DeedKind.Erase => item.EraseAsync(),
            _ => throw new ArgumentOutOfRangeException(nameof(deed), deed.Kind, "No deed about an item."),
        };
}
