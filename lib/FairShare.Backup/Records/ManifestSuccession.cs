namespace FairShare.Backup.Records;

/// <summary>
/// Which manifest may follow which. A peer that has one takes the next number with that one's hash; one that was away takes a later number
/// too. What a backup is never changes: only its owners, its name, and which peers hold it.
/// </summary>
public static class ManifestSuccession
{
    /// <summary>Whether a manifest may take the place of another.</summary>
    /// <param name="standing">The one that a peer has; null where it has none.</param>
    /// <param name="next">The one that it is given; its signature is verified before.</param>
    public static bool Allows(BackupRecord? standing, BackupRecord next)
    {
        var after = BackupManifest.Read(next);
        if (standing is null)
        {
            return after.Owners.Contains(next.KeyId);
        }

        var before = BackupManifest.Read(standing);
        return standing.Hash == next.Hash
            || (
                before.Owners.Contains(next.KeyId)
                && IsSameBackup(before, after)
                && (after.Sequence > before.Sequence + 1 || (after.Sequence == before.Sequence + 1 && after.Previous == standing.Hash))
            );
    }

    private static bool IsSameBackup(BackupManifest before, BackupManifest after) =>
        (before.Backup, before.Scheme, before.Parameters, before.Size, before.BodySize, before.Digest)
            == (after.Backup, after.Scheme, after.Parameters, after.Size, after.BodySize, after.Digest)
        && before.Commitments.ToBytes().AsSpan().SequenceEqual(after.Commitments.ToBytes());
}
