namespace FairShare.Simulation.Histories.Vault;

/// <summary>
/// Makes the plan of one item of the vault or two: openers who come at once, some with the password and some guessing, recipients who give
/// their tickets back, and an owner who changes its mind.
/// </summary>
internal sealed class VaultPlan(long seed) : Plan(seed)
{
    private const int MostGuesses = 14;
    private static readonly int[] Lives = [20, 60, 600, 7_200];

    protected override int AddDeeds()
    {
        var life = Lives[Fate.Next(Lives.Length)];
        var items = Chance(20) ? 2 : 1;
        for (var item = 0; item < items; item++)
        {
            AddItem(item, life * 1000);
        }

        return life;
    }

    private void AddItem(int item, int life)
    {
        var (owner, stored) = (Fate.Next(Parties), Fate.Next(3_000));
        Add(stored, owner, DeedKind.Store, item);
        var openers = Fate.Next(5);
        // Several come at the same moment, also at the last one.
        int? together = Chance(40) ? Moment(stored, life) : null;
        for (var open = 0; open < openers; open++)
        {
            AddOpen(item, open, together ?? Moment(stored, life));
        }

        AddGuesses(item, stored);
        if (Chance(25))
        {
            Add(MomentOfInterest(item, stored), owner, DeedKind.Limit, item);
        }

        if (Chance(20))
        {
            Add(MomentOfInterest(item, stored), owner, DeedKind.ReadOwn, item);
        }

        if (Chance(30))
        {
            Add(MomentOfInterest(item, stored), owner, DeedKind.Erase, item);
        }
    }

    private int Moment(int stored, int life) => stored + (Chance(10) ? life - 200 + Fate.Next(400) : Fate.Next(12_000));

    private void AddOpen(int item, int open, int at)
    {
        var opener = Fate.Next(Parties);
        Add(at, opener, DeedKind.Open, item, open);
        if (Chance(25))
        {
            Add(at + Fate.Next(5_000), opener, DeedKind.OpenAgain, item, open);
        }

        if (Chance(60))
        {
            Add(at + Fate.Next(5_000), opener, DeedKind.GiveBack, item, open);
            if (Chance(40))
            {
                Add(at + Fate.Next(10_000), opener, DeedKind.OpenAgain, item, open);
            }
        }
    }

    private void AddGuesses(int item, int stored)
    {
        if (!Chance(40))
        {
            return;
        }

        var at = MomentOfInterest(item, stored);
        for (var left = 1 + Fate.Next(MostGuesses); left > 0; left--)
        {
            Add(at, Fate.Next(Parties), DeedKind.Guess, item);
            at += Chance(60) ? 0 : Fate.Next(1_500);
        }
    }

    /// <summary>The time of an open of the item, just before or after it, or any.</summary>
    private int MomentOfInterest(int item, int stored) =>
        Chance(70) && Deeds.Where(deed => deed.Document == item && deed.Kind >= DeedKind.Open).ToList() is { Count: > 0 } near
            ? Math.Max(0, near[Fate.Next(near.Count)].At + (Chance(60) ? 0 : Fate.Next(120) - 20))
            : stored + Fate.Next(8_000);
}
