using static FairShare.Simulation.Histories.Stories.StoryBook;

namespace FairShare.Simulation.Histories.Stories;

/// <summary>One backup at three peers: made, restored, checked, repaired, refreshed, deleted.</summary>
internal static class BackupStories
{
    private const int Owner = 0;

    // An absence of so many hundredths of the longest.
    private const int Awhile = 60;

    public static IReadOnlyList<Story> All { get; } =
    [
        Backup("a backup is made", []),
        Backup("a backup is restored", [At(5, Owner, DeedKind.Restore)]),
        Backup(
            "a backup is checked and repaired",
            [At(5, Owner, DeedKind.LoseShare, 1), At(6, Owner, DeedKind.Check), At(8, Owner, DeedKind.Repair)]
        ),
        Backup("a backup is refreshed", [At(5, Owner, DeedKind.Refresh)]),
        Backup(
            "a refresh is given up",
            [At(5, Owner, DeedKind.GoAway, 2, choice: Awhile), At(6, Owner, DeedKind.Refresh), At(100, Owner, DeedKind.GiveUpRefresh)]
        ),
        Backup("a backup is stored again", [At(5, Owner, DeedKind.StoreAgain)]),
        Backup("a backup is deleted", [At(5, Owner, DeedKind.DeleteBackup)]),
    ];

    private static Story Backup(string name, IEnumerable<Deed> deeds) =>
        Tell(name, HistoryKind.Backup, 240, [At(0, Owner, DeedKind.MakeBackup), .. deeds]);
}
