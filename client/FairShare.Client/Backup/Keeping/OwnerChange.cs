using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Backup.Keeping;

/// <summary>Gives a backup another owner, with the same rights.</summary>
/// <param name="session">Owner and peers.</param>
public sealed class OwnerChange(BackupSession session)
{
    /// <summary>Adds an owner; a repeat changes nothing.</summary>
    /// <returns>The manifest that stands then, and how many peers have it.</returns>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.ManifestConflict"/>: somebody else has made a change, or too few peers
    /// took this one.</exception>
    public async Task<(BackupRecord Manifest, int Takers)> AddAsync(BackupId backup, KeyId owner, CancellationToken cancellationToken)
    {
        var shares = await ShareCollection.CollectAsync(session, backup, withKeys: false, cancellationToken).ConfigureAwait(false);
        var before = shares.Manifest;
        if (before.Owners.Contains(owner) && shares.Takers >= before.Quorum && !shares.IsForked)
        {
            return (shares.Record, shares.Takers);
        }

        var next = shares.Next() with { Owners = [.. before.Owners.Append(owner).Distinct()] };
        var record = await BackupRecord
            .SignAsync(RecordKind.BackupManifest, next.ToMembers(session.Now), session.Owner, cancellationToken)
            .ConfigureAwait(false);
        var takers = await ManifestChange.HandOutAsync(shares, record, cancellationToken).ConfigureAwait(false);
        return takers >= next.Quorum
            ? (record, takers)
            : throw new BackupProblem(
                BackupProblem.ManifestConflict,
                $"{takers} peers took the change, and {next.Quorum} must have it; run the command again when more of them answer."
            );
    }
}
