using TemplateHost.Gateway.Faults;
using static FairShare.Simulation.Histories.Stories.StoryBook;

namespace FairShare.Simulation.Histories.Stories;

/// <summary>One item of the vault, in the table or in the bucket, with each way to end.</summary>
internal static class VaultStories
{
    private const int Owner = 0;
    private const int Opener = 1;
    private const int Life = 7_200;
    private const int Short = 20;

    // What SimulatedItem makes of a choice: where the body is, and how often it may be opened.
    private const int InTableOnce = 0;
    private const int InBucketOnce = 1;
    private const int InTableThrice = 8;
    private const int InBucketThrice = 9;

    // What it makes of one of the owner's limits.
    private const int Unlock = 0;
    private const int Raise = 1;
    private const int Extend = 2;

    private const int GuessesToLock = 11;

    // The table looks every minute for what has expired, and what it deletes is handed over some seconds later.
    private const double Expired = 100;

    public static IReadOnlyList<Story> All { get; } =
    [
        Item("an item in the table is opened", InTableThrice, Opened),
        Item("an item in the bucket is opened", InBucketThrice, Opened),
        Item("an item in the table burns", InTableOnce, Burnt),
        Item("an item in the bucket burns", InBucketOnce, Burnt),
        Item("an item in the table is retracted", InTableThrice, [At(3, Owner, DeedKind.Erase)]),
        Item("an item in the bucket is retracted", InBucketThrice, [At(3, Owner, DeedKind.Erase)]),
        Item("an item is stored again when the answer was lost", InTableThrice, [At(40, Owner, DeedKind.ReadOwn)]) with
        {
            Given = [new(new CallPoint("CreateVaultItem", "dynamodb", "TransactWriteItems"), 0, FaultKind.CutAfter)],
        },
        Item("an item is guessed at until it locks", InTableThrice, Guessed),
        Item(
            "an item's limits are changed",
            InTableThrice,
            [At(3, Owner, DeedKind.Limit, choice: Raise), At(4, Owner, DeedKind.Limit, choice: Extend)]
        ),
        Item("an item in the table expires", InTableThrice, [At(Expired, Owner, DeedKind.Wait)], Short),
        Item("an item in the bucket expires", InBucketThrice, [At(Expired, Owner, DeedKind.Wait)], Short),
    ];

    private static IEnumerable<Deed> Opened =>
        [
            At(2, Opener, DeedKind.Open, 0, 0),
            At(3, Opener, DeedKind.GiveBack, 0, 0),
            At(4, Opener, DeedKind.OpenAgain, 0, 0),
            At(5, Owner, DeedKind.ReadOwn),
        ];

    private static IEnumerable<Deed> Burnt =>
        [At(2, Opener, DeedKind.Open, 0, 0), At(3, Opener, DeedKind.GiveBack, 0, 0), At(8, Owner, DeedKind.Wait)];

    private static IEnumerable<Deed> Guessed =>
        [
            .. Enumerable.Range(0, GuessesToLock).Select(guess => At(2 + (guess / 10.0), Opener, DeedKind.Guess)),
            At(5, Owner, DeedKind.Limit, choice: Unlock),
            At(6, Opener, DeedKind.Open, 0, 0),
        ];

    private static Story Item(string name, int form, IEnumerable<Deed> deeds, int life = Life) =>
        Tell(name, HistoryKind.Vault, life, [At(0, Owner, DeedKind.Store, choice: form), .. deeds]);
}
