using System.Globalization;

namespace FairShare.Simulation.Histories;

/// <summary>What a party does at one time of a history.</summary>
internal enum DeedKind
{
    /// <summary>Steps 1 and 2.</summary>
    Announce,

    /// <summary>The PUT of the bytes.</summary>
    Upload,

    /// <summary>A PUT of other bytes, or of the same in another way.</summary>
    UploadOddly,

    /// <summary>Steps 3 and v.</summary>
    Deposit,

    /// <summary>Steps 3 and v once more, with other evidence of the same document.</summary>
    DepositAnew,

    /// <summary>Steps 4 and 5.</summary>
    Request,

    /// <summary>Step 6.</summary>
    Receipt,

    /// <summary>Step a, by the downloader.</summary>
    Decline,

    /// <summary>Step a, by the uploader.</summary>
    Abort,

    /// <summary>Brings the party's count of announcements to its limit, so that what is really open is counted anew at the next.</summary>
    FillUploads,

    /// <summary>Reads what there is to read: state, evidence, document, lists.</summary>
    Read,

    /// <summary>Registers a further key, with which the party signs from then on.</summary>
    RegisterKey,

    /// <summary>Retires a key.</summary>
    RetireKey,

    /// <summary>Any call with parts of any exchange.</summary>
    Attack,

    /// <summary>An item of the vault: announces, uploads and commits it.</summary>
    Store,

    /// <summary>Opens an item by a ticket of its own, and reads it.</summary>
    Open,

    /// <summary>Opens an item by the ticket of an earlier open.</summary>
    OpenAgain,

    /// <summary>Opens an item with a wrong password.</summary>
    Guess,

    /// <summary>Gives a ticket back.</summary>
    GiveBack,

    /// <summary>The owner's: another open, a longer life, or wrong guesses forgotten.</summary>
    Limit,

    /// <summary>The owner's: reads the item.</summary>
    ReadOwn,

    /// <summary>The owner's: erases the item.</summary>
    Erase,

    /// <summary>Stores a backup at every peer.</summary>
    MakeBackup,

    /// <summary>Begins to store the backup once more, gives that up, and stores it again.</summary>
    StoreAgain,

    /// <summary>A peer is away for a while.</summary>
    GoAway,

    /// <summary>A peer loses what it has of the backup.</summary>
    LoseShare,

    /// <summary>Gives all peers new shares.</summary>
    Refresh,

    /// <summary>Gives up a refresh that was prepared.</summary>
    GiveUpRefresh,

    /// <summary>Makes lost shares anew.</summary>
    Repair,

    /// <summary>Puts the backup together.</summary>
    Restore,

    /// <summary>Deletes the backup at every peer.</summary>
    DeleteBackup,

    /// <summary>Asks every peer to prove that it has its share.</summary>
    Check,

    /// <summary>Reads the lists of exchanges and documents, and a document.</summary>
    ReadLists,

    /// <summary>Nothing; faults may strike until then what goes on behind the calls.</summary>
    Wait,
}

/// <summary>One planned deed.</summary>
/// <param name="Number">Its place in the plan.</param>
/// <param name="At">When, in milliseconds from the beginning of the history.</param>
/// <param name="Actor">Which party.</param>
/// <param name="Kind">What.</param>
/// <param name="Document">Which document of the history, which item of the vault, or which peer.</param>
/// <param name="Exchange">Which exchange, or which open of an item; −1 where it is about none.</param>
/// <param name="Choice">What else is to be chosen follows from this number.</param>
internal sealed record Deed(int Number, int At, int Actor, DeedKind Kind, int Document, int Exchange, int Choice)
{
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Number}: at {At / 1000.0:F3} s party {Actor} {Kind}, document {Document}{(Exchange < 0 ? "" : $", exchange {Exchange}")}"
        );
}

/// <summary>A history as it is planned: who does what, and how much goes wrong meanwhile.</summary>
/// <param name="Seed">Its number.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Deeds">In the order of their times.</param>
/// <param name="FaultRate">How many of a hundred thousand calls meet a fault.</param>
/// <param name="DeadlineSeconds">What downloaders ask for, or how long an item lives.</param>
/// <param name="Skews">How far each party's clock is off, in seconds.</param>
internal sealed record HistoryPlan(
    long Seed,
    HistoryKind Kind,
    IReadOnlyList<Deed> Deeds,
    int FaultRate,
    int DeadlineSeconds,
    IReadOnlyList<int> Skews
)
{
    /// <summary>Whether it is one of those that are played again and again: every function starts cold.</summary>
    public bool IsStory { get; init; }
}
