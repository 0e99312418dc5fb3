namespace FairShare.Simulation.Histories;

/// <summary>
/// Makes the plan of exchanges: honest parties, such as stop after a step, and such as try anything. Half of the histories are one exchange
/// and nothing besides.
/// </summary>
internal sealed class ExchangePlan(long seed) : Plan(seed)
{
    private static readonly int[] Deadlines = [10, 30, 60, 60, 60, 300];

    private bool isSmall;
    private int exchanges;
    private int deadline;

    protected override int AddDeeds()
    {
        isSmall = Chance(50);
        deadline = Deadlines[Fate.Next(Deadlines.Length)];
        var documents = !isSmall && Chance(50) ? 2 : 1;
        for (var document = 0; document < documents; document++)
        {
            AddDocument(document);
        }

        if (!isSmall)
        {
            AddKeys(documents);
            AddAttacks(documents);
        }

        return deadline;
    }

    private void AddDocument(int document)
    {
        var uploader = Fate.Next(Parties - 1);
        var deposit = 0;
        var time = Fate.Next(5_000);
        foreach (var step in new[] { DeedKind.Announce, DeedKind.Upload, DeedKind.Deposit })
        {
            Add(time, uploader, step, document);
            deposit = time;
            time += Fate.Next(2_000);
            if (Chance(4))
            {
                // Stops here.
                break;
            }
        }

        var readers = Enumerable.Range(0, Parties - 1).Where(party => party != uploader).OrderBy(_ => Fate.Next()).ToList();
        foreach (var reader in readers.Take(isSmall ? 1 : 1 + (Chance(30) ? 1 : 0) + (Chance(15) ? 1 : 0)))
        {
            AddExchange(document, uploader, reader, time + Fate.Next(4_000));
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
            Add(Fate.Next(time + 5_000), uploader, DeedKind.UploadOddly, document);
        }
    }

    private void AddExchange(int document, int uploader, int reader, int time)
    {
        var exchange = exchanges++;
        Add(time, reader, DeedKind.Request, document, exchange);
        // Some come too late; some just in time.
        var due = deadline * 1000;
        var answer = time + (Chance(15) ? due - 500 + Fate.Next(1_000) : Fate.Next((int)(due * 1.1)));
        var choice = Fate.Next(100);
        if (choice < 75)
        {
            Add(answer, reader, choice < 60 ? DeedKind.Receipt : DeedKind.Decline, document, exchange);
        }

        if (Chance(25))
        {
            Add(Chance(50) ? answer : answer + Fate.Next(3_000), reader, DeedKind.Receipt, document, exchange);
        }

        if (Chance(10))
        {
            Add(answer + Fate.Next(50), reader, DeedKind.Decline, document, exchange);
        }

        if (Chance(isSmall ? 25 : 75))
        {
            Add(answer + Fate.Next(due / 2), Chance(50) ? reader : uploader, DeedKind.Read, document, exchange);
        }
    }

    private void AddKeys(int documents)
    {
        while (Chance(30))
        {
            var (party, time) = (Fate.Next(Parties), MomentOfInterest(Fate.Next(documents), Fate.Next(8_000)));
            Add(time, party, DeedKind.RegisterKey, 0);
            Add(time + Fate.Next(70_000), party, DeedKind.RetireKey, 0);
        }
    }

    private void AddAttacks(int documents)
    {
        for (var left = Chance(80) ? 1 + Fate.Next(8) : 0; left > 0; left--)
        {
            var document = Fate.Next(documents);
            Add(MomentOfInterest(document, Fate.Next(10_000)), Fate.Next(Parties), DeedKind.Attack, document);
        }
    }

    /// <summary>The time of a deed about the document, just before or after it, or any.</summary>
    private int MomentOfInterest(int document, int otherwise) =>
        Chance(75) && Deeds.Where(deed => deed.Document == document && deed.Kind >= DeedKind.Deposit).ToList() is { Count: > 0 } near
            ? Math.Max(0, near[Fate.Next(near.Count)].At + (Chance(50) ? 0 : Fate.Next(120) - 20))
            : otherwise + Fate.Next(5_000);
}
