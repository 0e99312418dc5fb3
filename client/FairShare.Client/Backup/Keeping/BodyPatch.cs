using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Client.Backup.Storing;
using FairShare.Client.Http;
using FairShare.Contracts.Backup;
using FairShare.Core.Encoding;

namespace FairShare.Client.Backup.Keeping;

/// <summary>Puts the wrong leaves of a body right in their places, where they are few and the peer can do it itself.</summary>
internal static class BodyPatch
{
    /// <summary>Has a peer put its wrong leaves right.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="record">The manifest that stands.</param>
    /// <param name="set">The bodies from which the leaves are computed.</param>
    /// <param name="health">Which leaves are wrong.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The peer's receipt; null where the body is to be made anew.</returns>
    public static async Task<BackupRecord?> TryAsync(
        PeerConnection peer,
        BackupRecord record,
        BodySet set,
        PeerHealth health,
        CancellationToken cancellationToken
    )
    {
        if (set.Find(health.Index) is not { } body || health.Wrong.Count is 0 or > PatchRequest.MostLeaves)
        {
            return null;
        }

        var leaves = new List<PatchedLeaf>();
        foreach (var leaf in health.Wrong)
        {
            var octets = await set.RebuildAsync(health.Index, leaf, body.Tree, cancellationToken).ConfigureAwait(false);
            leaves.Add(new PatchedLeaf(leaf, Base64UrlText.Encode(octets)));
        }

        try
        {
            var receipt = await PatchAsync(peer, record.Members.Backup, leaves, cancellationToken).ConfigureAwait(false);
            return ReceiptCheck.Require(peer, receipt, record, null, (uint)health.Epoch);
        }
        catch (FairShareProblem)
        {
            return null;
        }
    }

    // A call copies a piece of a large body; the leaves that the peer has behind it are not sent again.
    private static async Task<string> PatchAsync(
        PeerConnection peer,
        BackupId backup,
        List<PatchedLeaf> leaves,
        CancellationToken cancellationToken
    )
    {
        for (var next = 0; ; )
        {
            var request = new PatchRequest([.. leaves.Where(leaf => leaf.Number >= next)]);
            var answer = await peer.OrderAsync(PeerRoutes.PatchShare, backup, request, cancellationToken).ConfigureAwait(false);
            if (answer.Record is { } receipt)
            {
                return receipt;
            }

            next = answer.Next > next ? answer.Next : throw peer.BadAnswer("a patch that does not go on");
        }
    }
}
