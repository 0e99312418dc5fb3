using Amazon.KeyManagementService.Model;
using FairShare.Aws.Backup;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Peer;

/// <summary>
/// Takes a key share that an owner or helpers give. Of the same epoch it takes the place of the current share alone: what the peer has
/// prepared beside it may be certified, and is neither lost nor forgotten.
/// </summary>
internal static class GivenShare
{
    /// <summary>What is kept with a share that was given.</summary>
    /// <param name="services">The peer's parts.</param>
    /// <param name="kept">What is kept of the backup.</param>
    /// <param name="epoch">The epoch of the share.</param>
    /// <param name="commitments">What it was checked against.</param>
    /// <param name="share">The share.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public static async Task<KeptShares> TakeShareAsync(
        this FunctionServices services,
        KeptBackup kept,
        uint epoch,
        Commitments commitments,
        SecretShare share,
        CancellationToken cancellationToken
    )
    {
        var before = kept.Shares?.Epoch == epoch ? kept.Shares : null;
        var known = before is null ? null : await UnwrapAsync(services, kept, before, share.Index, cancellationToken);
        var next = (known ?? new PeerShares(epoch, commitments, null)) with { Commitments = commitments, Current = share };
        return await services.WrapAsync(kept.Id, next, before, cancellationToken);
    }

    // Numbers that do not unwrap any more are lost with what was prepared: then the peer says nothing more in that attempt.
    private static async Task<PeerShares?> UnwrapAsync(
        FunctionServices services,
        KeptBackup kept,
        KeptShares before,
        int index,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await services.UnwrapAsync(kept.Id, before, index, cancellationToken);
        }
        catch (Exception ruined) when (ruined is InvalidCiphertextException or InvalidOperationException)
        {
            var attempt = before.PreparedTranscript is null ? before.Attempt : before.Attempt + 1;
            return new PeerShares(before.Epoch, PeerShareStore.ReadCommitments(before.Commitments), null) { Attempt = attempt };
        }
    }
}
