using FairShare.Backup.Curve;
using FairShare.Backup.Sharing;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Refresh;

/// <summary>
/// One peer's part of a refresh: an update, each share of it sealed for its peer alone. (In the seed all peers are sent all of them.)
/// </summary>
/// <param name="Dealer">The index of the peer that deals it.</param>
/// <param name="Commitments">m - 1 compressed points, as they were sent.</param>
/// <param name="SealedUpdates">The shares of the update, sealed for the peers 1 to n.</param>
public sealed record RefreshDeal(int Dealer, ReadOnlyMemory<byte> Commitments, IReadOnlyList<ReadOnlyMemory<byte>> SealedUpdates)
{
    /// <summary>Seals an update's shares for their peers.</summary>
    /// <param name="dealer">Who deals.</param>
    /// <param name="dealing">The update.</param>
    /// <param name="context">Which shares are refreshed.</param>
    /// <param name="recipients">The public keys of the peers 1 to n.</param>
    /// <param name="randomness">Where one-time keys come from.</param>
    public static RefreshDeal Seal(
        int dealer,
        UpdateDealing dealing,
        RefreshContext context,
        IReadOnlyList<ReadOnlyMemory<byte>> recipients,
        IRandomness randomness
    )
    {
        var updates = dealing.Updates.Select(update =>
            (ReadOnlyMemory<byte>)
                AgreementKey.Seal(
                    recipients[update.Index - 1].Span,
                    [.. update.Value.ToBytes(), .. update.Blinding.ToBytes()],
                    ContextOf(context, dealer, update.Index),
                    randomness
                )
        );
        return new RefreshDeal(dealer, dealing.Commitments.ToBytes(), [.. updates]);
    }

    /// <summary>SHA-256 over all of it; every member has its length before it.</summary>
    public Sha256Digest Digest =>
        TranscriptDigest.Of([
            [(byte)Dealer],
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

    private static byte[] ContextOf(RefreshContext context, int dealer, int peer) => [.. context.ToBytes(), (byte)dealer, (byte)peer];
}
