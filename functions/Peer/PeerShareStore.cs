using FairShare.Aws.Backup;
using FairShare.Backup.Curve;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Peer;

/// <summary>Unwraps and wraps a peer's secret numbers, and writes what it keeps.</summary>
internal static class PeerShareStore
{
    private const string AgreementName = "agreement";

    /// <summary>The shares of a backup, unwrapped.</summary>
    public static Task<PeerShares> UnwrapAsync(this FunctionServices services, StoredBackup stored, CancellationToken cancellationToken) =>
        services.UnwrapAsync(stored.Kept.Id, stored.Shares, stored.Index, cancellationToken);

    /// <summary>The shares of a backup, of the peer with an index, unwrapped.</summary>
    public static async Task<PeerShares> UnwrapAsync(
        this FunctionServices services,
        BackupId backup,
        KeptShares shares,
        int index,
        CancellationToken cancellationToken
    )
    {
        var octets = await services.Peer.Wrapping.UnwrapAsync(shares.Wrapped, backup.ToString(), cancellationToken);
        var kept = new PeerShares(shares.Epoch, ReadCommitments(shares.Commitments), null)
        {
            Deal = shares.Deal is { } deal ? RefreshRecords.ReadDeal(BackupRecord.Parse(deal, RecordKind.RefreshDeal)) : null,
            Attempt = shares.Attempt,
        };
        return PeerSharesFormat.Read(
            octets,
            kept,
            index,
            shares is { PreparedTranscript: { } transcript, PreparedCommitments: { } commitments }
                ? new KeptTranscript(transcript, ReadCommitments(commitments), shares.Attempt)
                : null,
            [.. shares.GivenUp.Select(one => new KeptTranscript(one.Transcript, ReadCommitments(one.Commitments), one.Attempt))]
        );
    }

    /// <summary>The shares of a backup, wrapped.</summary>
    /// <param name="services">The peer's parts.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="shares">The shares.</param>
    /// <param name="before">What was kept before, with the deal's record and the time of the refresh; null where nothing was.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public static async Task<KeptShares> WrapAsync(
        this FunctionServices services,
        BackupId backup,
        PeerShares shares,
        KeptShares? before,
        CancellationToken cancellationToken
    ) =>
        new(
            shares.Epoch,
            shares.Commitments.ToBytes(),
            await services.Peer.Wrapping.WrapAsync(PeerSharesFormat.Write(shares), backup.ToString(), cancellationToken),
            shares.Current is not null
        )
        {
            Deal = shares.Deal is null ? null : before?.Deal,
            PreparedTranscript = shares.Prepared?.Transcript,
            PreparedCommitments = shares.Prepared?.Commitments.ToBytes(),
            Attempt = shares.Attempt,
            GivenUp = [.. shares.GivenUp.Select(one => new KeptAttempt(one.Attempt, one.Transcript, one.Commitments.ToBytes()))],
            RefreshedAt = before?.RefreshedAt,
        };

    /// <summary>A key of a refresh or a repair, wrapped.</summary>
    public static async Task<KeptKey> WrapAsync(
        this FunctionServices services,
        BackupId backup,
        AgreementKey key,
        CancellationToken cancellationToken
    ) =>
        new(
            await services.Peer.Wrapping.WrapAsync(key.ToBytes(), KeyNameOf(backup), cancellationToken),
            key.PublicKey.ToArray(),
            Timestamp.Truncate(services.Time.GetUtcNow())
        );

    /// <summary>The key of the refresh or the repair that is under way; null where none is.</summary>
    public static async Task<AgreementKey?> UnwrapKeyAsync(
        this FunctionServices services,
        KeptBackup kept,
        CancellationToken cancellationToken
    ) => kept.Key is { } key ? Read(await services.Peer.Wrapping.UnwrapAsync(key.Wrapped, KeyNameOf(kept.Id), cancellationToken)) : null;

    /// <summary>The peer's key for what is sent to it alone; made when it is first asked for.</summary>
    public static async Task<AgreementKey> AgreementKeyAsync(this FunctionServices services, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await services.Peer.Backups.FindAgreementAsync(cancellationToken) is var (wrapped, _))
            {
                return Read(await services.Peer.Wrapping.UnwrapAsync(wrapped, AgreementName, cancellationToken));
            }

            var key = AgreementKey.New(services.Randomness);
            var fresh = await services.Peer.Wrapping.WrapAsync(key.ToBytes(), AgreementName, cancellationToken);
            await services.Peer.Backups.TryKeepAgreementAsync(fresh, key.PublicKey.ToArray(), cancellationToken);
        }
    }

    /// <summary>Writes what is kept in place of what was read.</summary>
    /// <exception cref="ProblemException"><c>busy</c>: somebody has written since.</exception>
    public static async Task SaveAsync(
        this FunctionServices services,
        KeptBackup? read,
        KeptBackup next,
        CancellationToken cancellationToken
    )
    {
        if (!await services.Peer.Backups.TryPutAsync(read, next, services.Settings.PeerRoom, cancellationToken))
        {
            throw CommonProblems.Busy.With("Another order about this backup is being followed; repeat this one.");
        }
    }

    /// <summary>Writes what is kept in place of what was read, and erases the body that is replaced by it.</summary>
    /// <exception cref="ProblemException"><c>busy</c>: somebody has written since.</exception>
    public static async Task ReplaceAsync(
        this FunctionServices services,
        KeptBackup read,
        KeptBackup next,
        CancellationToken cancellationToken
    )
    {
        var slot = read.Body?.Slot;
        if (slot is null || slot == next.Body?.Slot)
        {
            await services.SaveAsync(read, next, cancellationToken);
            return;
        }

        if (read.Replaced is { } before)
        {
            await services.Peer.Bucket.EraseAsync(read.Id, before, null, cancellationToken);
        }

        // It is noted until the next one, so that a deletion erases it where this call ends here.
        await services.SaveAsync(read, next with { Replaced = slot }, cancellationToken);
        await services.Peer.Bucket.EraseAsync(read.Id, slot, null, cancellationToken);
    }

    private static string KeyNameOf(BackupId backup) => $"{backup} key";

    private static AgreementKey Read(byte[] octets) =>
        new(Scalar.TryRead(octets) ?? throw new InvalidOperationException("The key that is kept is malformed."));

    internal static Commitments ReadCommitments(byte[] octets) =>
        Commitments.TryRead(octets) ?? throw new InvalidOperationException("The commitments that are kept are malformed.");
}
