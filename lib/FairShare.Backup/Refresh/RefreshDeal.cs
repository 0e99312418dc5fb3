using FairShare.Backup.Curve;
using FairShare.Backup.Sharing;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Refresh;

/// <summary>
/// One peer's part of a refresh: an update, each share of it sealed for its peer alone. (In the seed all peers are sent all of them.)
/// </summary>
/// <param name="Dealer">The index of the peer that deals it.</param>
/// <param name="Keys">The digest of the keys that it was sealed for.</param>
/// <param name="Commitments">m - 1 compressed points, as they were sent.</param>
/// <param name="SealedUpdates">The shares of the update, sealed for the peers 1 to n; empty for one that has offered no key.</param>
public sealed record RefreshDeal(
    int Dealer,
    Sha256Digest Keys,
    ReadOnlyMemory<byte> Commitments,
    IReadOnlyList<ReadOnlyMemory<byte>> SealedUpdates
)
{
    /// <summary>Seals an update's shares for the peers that have offered a key.</summary>
    /// <param name="dealer">Who deals.</param>
    /// <param name="dealing">The update.</param>
    /// <param name="context">Which shares are refreshed.</param>
    /// <param name="recipients">The keys, one a peer.</param>
    /// <param name="randomness">Where one-time keys come from.</param>
    public static RefreshDeal Seal(
        int dealer,
        UpdateDealing dealing,
        RefreshContext context,
        IReadOnlyList<EphemeralKey> recipients,
        IRandomness randomness
    )
    {
        var updates = dealing.Updates.Select(update =>
            recipients.FirstOrDefault(key => key.Peer == update.Index) is { } recipient
                ? Seal(update, recipient, ContextOf(context, dealer, update.Index), randomness)
                : default
        );
        return new RefreshDeal(dealer, EphemeralKey.DigestOf(recipients), dealing.Commitments.ToBytes(), [.. updates]);
    }

    /// <summary>SHA-256 over all of it; every member has its length before it.</summary>
    public Sha256Digest Digest =>
        TranscriptDigest.Of([
            [(byte)Dealer],
            Keys.ToBytes(),
            Commitments.ToArray(),
            .. SealedUpdates.Select(update => update.ToArray()),
        ]);

    /// <summary>The commitments, or null where the deal is not one of m of n: then it counts for nothing.</summary>
    public UpdateCommitments? TryReadCommitments(RefreshParameters parameters) =>
        SealedUpdates.Count == parameters.Total ? UpdateCommitments.TryRead(Commitments.Span, parameters.Threshold) : null;

    /// <summary>Opens a peer's share of the update.</summary>
    /// <returns>Null where it cannot be opened, or is not what the dealer committed to.</returns>
    public SecretShare? TryOpen(int peer, AgreementKey key, RefreshContext context, RefreshParameters parameters)
    {
        if (TryReadCommitments(parameters) is not { } commitments)
        {
            return null;
        }

        var text = key.TryOpen(SealedUpdates[peer - 1].Span, ContextOf(context, Dealer, peer));
        return
            text is { Length: 2 * Scalar.Size }
            && Scalar.TryRead(text.AsSpan(0, Scalar.Size)) is { } value
            && Scalar.TryRead(text.AsSpan(Scalar.Size)) is { } blinding
            && new SecretShare(peer, value, blinding) is var update
            && commitments.Hold(update)
            ? update
            : null;
    }

    private static ReadOnlyMemory<byte> Seal(SecretShare update, EphemeralKey recipient, byte[] context, IRandomness randomness) =>
        AgreementKey.Seal(recipient.Key.Span, [.. update.Value.ToBytes(), .. update.Blinding.ToBytes()], context, randomness);

    private static byte[] ContextOf(RefreshContext context, int dealer, int peer) => [.. context.ToBytes(), (byte)dealer, (byte)peer];
}
