namespace FairShare.Backup.Records;

/// <summary>
/// Which roster may follow which: the next number with the hash of the one that stands, or a later number, for who was away meanwhile. One
/// with an earlier number never takes the place of a later one, so whoever was removed cannot come back with an old roster.
/// </summary>
public static class RosterSuccession
{
    /// <summary>Whether a roster may take the place of another.</summary>
    /// <param name="standing">The one that stands; null where there is none of this group.</param>
    /// <param name="next">The one that is shown; its signature is verified before.</param>
    public static bool Allows(BackupRecord? standing, BackupRecord next)
    {
        var after = GroupRoster.Read(next);
        if (standing is null)
        {
            return true;
        }

        var before = GroupRoster.Read(standing);
        return before.Group == after.Group
            && (after.Sequence > before.Sequence + 1 || (after.Sequence == before.Sequence + 1 && after.Previous == standing.Hash));
    }
}
