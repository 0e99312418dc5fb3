namespace FairShare.Simulation.Histories;

/// <summary>Makes the plan of a history from its seed: honest parties, such as stop after a step, and such as try anything.</summary>
internal sealed class PlanGenerator(long seed)
{
    /// <summary>How many parties there are; the last is nobody's reader.</summary>
    public const int Parties = 5;

    private static readonly int[] Deadlines = [10, 60, 300, 900];
    private static readonly int[] Skews = [2, -2, 120, -120, 295, -295, 320, -320];
    private static readonly int[] FaultRates = [0, 700, 2_000, 6_000];

    private readonly Random fate = new(unchecked((int)(seed * 7_919 + 17)));
    private readonly List<Deed> deeds = [];
    private int exchanges;
    private int deadline;

    public static HistoryPlan Make(long seed) => new PlanGenerator(seed).Run();

    private HistoryPlan Run()
    {
        deadline = Deadlines[fate.Next(Deadlines.Length)];
        var documents = Chance(25) ? 2 : 1;
        for (var document = 0; document < documents; document++)
        {
            AddDocument(document);
        }

        AddKeys(documents);
        AddAttacks(documents);
        var ordered = deeds.OrderBy(deed => deed.At).Select((deed, number) => deed with { Number = number }).ToList();
        return new HistoryPlan(
            seed,
            ordered,
            FaultRates[fate.Next(FaultRates.Length)],
            deadline,
            [.. Enumerable.Range(0, Parties).Select(_ => Chance(10) ? Skews[fate.Next(Skews.Length)] : 0)]
        );
    }

    private void AddDocument(int document)
    {
        var uploader = fate.Next(Parties - 1);
        var deposit = 0;
        var time = fate.Next(5_000);
        foreach (var step in new[] { DeedKind.Announce, DeedKind.Upload, DeedKind.Deposit })
        {
            Add(time, uploader, step, document);
            deposit = time;
            time += fate.Next(2_000);
            if (Chance(4))
            {
                // Stops here.
                break;
            }
        }

        var readers = Enumerable.Range(0, Parties - 1).Where(party => party != uploader).OrderBy(_ => fate.Next()).ToList();
        foreach (var reader in readers.Take(1 + (Chance(30) ? 1 : 0) + (Chance(15) ? 1 : 0)))
        {
            AddExchange(document, uploader, reader, time + fate.Next(4_000));
        }

        if (Chance(35))
        {
            Add(MomentOfInterest(document, time), uploader, DeedKind.Abort, document);
        }

        if (Chance(12))
        {
            Add(Chance(50) ? deposit : time, uploader, DeedKind.DepositAnew, document);
        }

        if (Chance(12))
        {
            Add(fate.Next(time + 5_000), uploader, DeedKind.UploadOddly, document);
        }
    }

    private void AddExchange(int document, int uploader, int reader, int time)
    {
        var exchange = exchanges++;
        Add(time, reader, DeedKind.Request, document, exchange);
        // Some come too late; some just in time.
        var due = deadline * 1000;
        var answer = time + (Chance(15) ? due - 500 + fate.Next(1_000) : fate.Next((int)(due * 1.1)));
        var choice = fate.Next(100);
        if (choice < 75)
        {
            Add(answer, reader, choice < 60 ? DeedKind.Receipt : DeedKind.Decline, document, exchange);
        }

        if (Chance(25))
        {
            Add(Chance(50) ? answer : answer + fate.Next(3_000), reader, DeedKind.Receipt, document, exchange);
        }

        if (Chance(10))
        {
            Add(answer + fate.Next(50), reader, DeedKind.Decline, document, exchange);
        }

        Add(answer + fate.Next(due / 2), Chance(50) ? reader : uploader, DeedKind.Read, document, exchange);
    }

    private void AddKeys(int documents)
    {
        while (Chance(18))
        {
            var (party, time) = (fate.Next(Parties), MomentOfInterest(fate.Next(documents), fate.Next(8_000)));
            Add(time, party, DeedKind.RegisterKey, 0);
            Add(time + fate.Next(70_000), party, DeedKind.RetireKey, 0);
        }
    }

    private void AddAttacks(int documents)
    {
        for (var left = Chance(50) ? 1 + fate.Next(8) : 0; left > 0; left--)
        {
            var document = fate.Next(documents);
            Add(MomentOfInterest(document, fate.Next(10_000)), fate.Next(Parties), DeedKind.Attack, document);
        }
    }

    /// <summary>The time of a deed about the document, just before or after it, or any.</summary>
    private int MomentOfInterest(int document, int otherwise) =>
        Chance(75) && deeds.Where(deed => deed.Document == document && deed.Kind >= DeedKind.Deposit).ToList() is { Count: > 0 } near
            ? Math.Max(0, near[fate.Next(near.Count)].At + (Chance(50) ? 0 : fate.Next(120) - 20))
            : otherwise + fate.Next(5_000);

    private bool Chance(int percent) => fate.Next(100) < percent;

    private void Add(int at, int actor, DeedKind kind, int document, int exchange = -1) =>
        deeds.Add(new Deed(0, at, actor, kind, document, exchange, fate.Next()));
}
