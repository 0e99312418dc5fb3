using FairShare.Backup.Curve;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Repair;

/// <summary>
/// Pedersen's commitments to a mask. A mask is (x - r) times a polynomial of one degree less, whose coefficients they are of: whoever deals
/// it cannot deal another value than zero to the peer of index r.
/// </summary>
public sealed class MaskCommitments
{
    private readonly IReadOnlyList<CurvePoint> points;
    private readonly int lost;

    private MaskCommitments(IReadOnlyList<CurvePoint> points, int lost) => (this.points, this.lost) = (points, lost);

    /// <summary>Reads the m - 1 compressed points, one behind the other.</summary>
    /// <param name="octets">The points.</param>
    /// <param name="threshold">m.</param>
    /// <param name="lost">The index of the peer that is helped.</param>
    /// <returns>Null for another number of points, and for what is no such list.</returns>
    public static MaskCommitments? TryRead(ReadOnlySpan<byte> octets, int threshold, int lost) =>
        UpdateCommitments.TryRead(octets, threshold) is { } read ? new MaskCommitments(read.Points, lost) : null;

    /// <summary>Writes the points, one behind the other.</summary>
    public byte[] ToBytes() => new UpdateCommitments(points).ToBytes();

    /// <summary>Whether a value of the mask is what the helper committed to.</summary>
    public bool Hold(SecretShare mask) => Commitments.Commit(mask.Value, mask.Blinding) == At(mask.Index);

    /// <summary>Whether what a helper sends to the peer that is helped is its share under the masks of all.</summary>
    /// <param name="commitments">The commitments of the shares' epoch.</param>
    /// <param name="masks">The commitments of all helpers' masks, one at least.</param>
    /// <param name="masked">What it sends.</param>
    public static bool Hold(Commitments commitments, IReadOnlyList<MaskCommitments> masks, SecretShare masked) =>
        Commitments.Commit(masked.Value, masked.Blinding) == commitments.At(masked.Index) + Sum(masks).At(masked.Index);

    internal static MaskCommitments To(SecretPolynomial values, SecretPolynomial blindings, int lost) =>
        new([.. values.Coefficients.Zip(blindings.Coefficients, Commitments.Commit)], lost);

    private static MaskCommitments Sum(IReadOnlyList<MaskCommitments> masks) =>
        masks.Aggregate((sum, one) => new MaskCommitments([.. sum.points.Zip(one.points, (left, right) => left + right)], sum.lost));

    private CurvePoint At(int index) => (Scalar.Of(index) - Scalar.Of(lost)) * Commitments.At(points, index);
}
