using FairShare.Core.Digests;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>Of what a number is the value: a sum of the shares of an epoch, an update, and masks.</summary>
/// <param name="HasShare">Whether the shares of an epoch are in it.</param>
/// <param name="Epoch">Which epoch.</param>
/// <param name="Transcript">A transcript whose updates are added, certified or not.</param>
/// <param name="Deal">One update that is added.</param>
/// <param name="Lost">For whose repair the masks are.</param>
internal sealed record Polynomial(bool HasShare, uint Epoch, Sha256Digest? Transcript, Sha256Digest? Deal, int Lost)
{
    /// <summary>The masks that are added, by any object that stands for each.</summary>
    public IReadOnlyList<object> Masks { get; init; } = [];

    public static Polynomial OfEpoch(uint epoch) => new(true, epoch, null, null, 0);

    public static Polynomial OfTranscript(uint epoch, Sha256Digest? transcript) => new(true, epoch, transcript, null, 0);

    public static Polynomial OfDeal(Sha256Digest deal) => new(false, 0, null, deal, 0);

    public static Polynomial OfMask(object mask, int lost) => new(false, 0, null, null, lost) { Masks = [mask] };

    public static Polynomial OfMasked(uint epoch, IReadOnlyList<object> masks, int lost) =>
        new(true, epoch, null, null, lost) { Masks = masks };
}
