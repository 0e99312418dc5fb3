namespace FairShare.Simulation.Histories;

/// <summary>What the plans of all kinds have in common: a history follows from its seed.</summary>
internal abstract class Plan(long seed)
{
    /// <summary>How many parties there are; the last is nobody's reader.</summary>
    public const int Parties = 5;

    private static readonly int[] Skews = [2, -2, 120, -120, 295, -295, 320, -320];
    private static readonly int[] FaultRates = [0, 700, 2_000, 6_000];

    private readonly List<Deed> deeds = [];

    /// <summary>Everything that is left to choose.</summary>
    protected Random Fate { get; } = new(unchecked((int)(seed * 7_919 + 17)));

    protected IReadOnlyList<Deed> Deeds => deeds;

    public static HistoryPlan Make(long seed) =>
        HistoryKinds.Of(seed) switch
        {
            HistoryKind.Vault => new Vault.VaultPlan(seed).Run(HistoryKind.Vault),
            HistoryKind.Backup => new Backup.BackupHistoryPlan(seed).Run(HistoryKind.Backup),
            _ => new ExchangePlan(seed).Run(HistoryKind.Exchange),
        };

    /// <summary>Adds the deeds, in any order.</summary>
    /// <returns>The seconds until what the history is about is over.</returns>
    protected abstract int AddDeeds();

    protected bool Chance(int percent) => Fate.Next(100) < percent;

    protected void Add(int at, int actor, DeedKind kind, int document, int exchange = -1) =>
        deeds.Add(new Deed(0, at, actor, kind, document, exchange, Fate.Next()));

    private HistoryPlan Run(HistoryKind kind)
    {
        var deadline = AddDeeds();
        var ordered = deeds.OrderBy(deed => deed.At).Select((deed, number) => deed with { Number = number }).ToList();
        return new HistoryPlan(
            seed,
            kind,
            ordered,
            FaultRates[Fate.Next(FaultRates.Length)],
            deadline,
            [.. Enumerable.Range(0, Parties).Select(_ => Chance(10) ? Skews[Fate.Next(Skews.Length)] : 0)]
        );
    }
}
