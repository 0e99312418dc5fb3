using FairShare.Backup.Curve;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Records;

/// <summary>
/// The secret numbers of what a peer keeps, in octets: for each of current, prepared, dealt and given up shares how many there are, and
/// value and blinding of each. At most 3,716 octets, so that a key of KMS wraps them in one call.
/// </summary>
public static class PeerSharesFormat
{
    private const int ShareSize = 2 * Scalar.Size;

    /// <summary>Writes the secret numbers.</summary>
    public static byte[] Write(PeerShares kept) =>
        [
            .. Write(kept.Current is { } current ? [current] : []),
            .. Write(kept.Prepared is { } prepared ? [prepared.Share] : []),
            .. Write(kept.Dealt?.Updates ?? []),
            .. Write([.. kept.GivenUp.Select(one => one.Share)]),
        ];

    /// <summary>Reads the secret numbers into what is kept beside them.</summary>
    /// <param name="octets">What <see cref="Write(PeerShares)"/> gave.</param>
    /// <param name="kept">All but the numbers: without a current share, and with a deal and what was prepared as they are kept.</param>
    /// <param name="index">The peer's index.</param>
    /// <param name="prepared">What was prepared; null where nothing was.</param>
    /// <param name="givenUp">What was given up.</param>
    /// <exception cref="InvalidOperationException">The octets are of another form.</exception>
    public static PeerShares Read(
        ReadOnlySpan<byte> octets,
        PeerShares kept,
        int index,
        KeptTranscript? prepared,
        IReadOnlyList<KeptTranscript> givenUp
    )
    {
        var current = Take(ref octets, _ => index);
        var next = Take(ref octets, _ => index);
        var dealt = Take(ref octets, place => place + 1);
        // What was written before there were attempts ends here.
        var former = octets.Length > 0 ? Take(ref octets, _ => index) : [];
        var updates =
            dealt.Count > 0 && kept.Deal is { } deal
                ? new UpdateDealing(UpdateCommitments.TryRead(deal.Commitments.Span, kept.Commitments.Threshold)!, dealt)
                : null;
        return kept with
        {
            Current = current.FirstOrDefault(),
            Dealt = updates,
            Prepared = next.Count > 0 ? prepared?.With(next[0]) : null,
            GivenUp = former.Count == givenUp.Count ? [.. givenUp.Select((one, place) => one.With(former[place]))] : throw Malformed(),
        };
    }

    private static byte[] Write(IReadOnlyList<SecretShare> shares) =>
        [(byte)shares.Count, .. shares.SelectMany(share => (byte[])[.. share.Value.ToBytes(), .. share.Blinding.ToBytes()])];

    private static List<SecretShare> Take(ref ReadOnlySpan<byte> octets, Func<int, int> indexOf)
    {
        var shares = new List<SecretShare>();
        var count = octets.Length > 0 ? octets[0] : throw Malformed();
        octets = octets[1..];
        for (var place = 0; place < count; place++)
        {
            if (
                octets.Length < ShareSize
                || Scalar.TryRead(octets[..Scalar.Size]) is not { } value
                || Scalar.TryRead(octets[Scalar.Size..ShareSize]) is not { } blinding
            )
            {
                throw Malformed();
            }

            shares.Add(new SecretShare(indexOf(place), value, blinding));
            octets = octets[ShareSize..];
        }

        return shares;
    }

    private static InvalidOperationException Malformed() => new("The secret numbers of a share are not in their form.");
}
