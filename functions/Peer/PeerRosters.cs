using FairShare.Backup.Records;
using FairShare.Contracts.Http;
using FairShare.Core.Errors;
using FairShare.Core.Keys;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Peer;

/// <summary>The roster of a peer's group: the latest that anybody has shown.</summary>
internal static class PeerRosters
{
    private const int Attempts = 5;

    /// <summary>Takes a roster where it follows the one that stands.</summary>
    /// <returns>The one that stands then.</returns>
    public static async Task<BackupRecord> TakeAsync(
        FunctionServices services,
        PublicKey group,
        BackupRecord shown,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var text = await services.Peer.Backups.FindRosterAsync(cancellationToken);
            var standing = TryRead(text, group);
            if (standing is not null && !RosterSuccession.Allows(standing, shown))
            {
                return standing;
            }

            if (await services.Peer.Backups.TryPutRosterAsync(text, shown.Text, cancellationToken))
            {
                return shown;
            }
        }

        throw CommonProblems.Busy.With("Other rosters are being taken; repeat this one.");
    }

    /// <summary>
    /// The later of the roster that stands and one that is shown, without keeping it; null where neither is of the group.
    /// </summary>
    public static async Task<BackupRecord?> FindAsync(
        FunctionServices services,
        PublicKey group,
        BackupRecord? shown,
        CancellationToken cancellationToken
    )
    {
        var standing = TryRead(await services.Peer.Backups.FindRosterAsync(cancellationToken), group);
        return shown is not null && RosterSuccession.Allows(standing, shown) ? shown : standing;
    }

    /// <summary>Reads a roster; null for what is none of the group.</summary>
    public static BackupRecord? TryRead(string? text, PublicKey group)
    {
        try
        {
            var record = text is null ? null : BackupRecord.Verify(text, RecordKind.GroupRoster, group);
            _ = record is null ? null : GroupRoster.Read(record);
            return record;
        }
        catch (TokenException)
        {
            return null;
        }
    }
}
