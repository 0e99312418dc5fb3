using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Repair;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>A repair of one peer's share, of which the adversary hears every message.</summary>
/// <param name="scene">The peers.</param>
/// <param name="peers">What they do.</param>
/// <param name="adversary">Who hears.</param>
/// <param name="pause">What may happen between two steps.</param>
internal sealed class SimulatedRepair(RefreshScene scene, SimulatedPeers peers, MobileAdversary adversary, Action pause)
{
    public void Run(int lost, int[] helpers)
    {
        var epoch = scene.Kept[lost - 1].Epoch;
        var keys = helpers.Append(lost).ToDictionary(index => index, index => Offer(index, epoch));
        pause();
        var numbers = new SealedNumbers(BackupId.New(scene.Randomness), epoch, lost);
        var masks = helpers.ToDictionary(helper => helper, _ => MaskDealing.Deal(helpers, lost, scene.Randomness));
        foreach (var (from, mask) in masks.SelectMany(dealt => dealt.Value.Masks.Select(mask => (dealt.Key, mask))))
        {
            Send(numbers, mask, from, keys[mask.Index], Polynomial.OfMask(masks[from], lost));
        }

        List<SecretShare> masked =
        [
            .. helpers.Select(index =>
                ShareRepair.Mask(
                    scene.Kept[index - 1].Current!,
                    masks.Values.Select(dealt => dealt.Masks.Single(mask => mask.Index == index))
                )
            ),
        ];
        foreach (var one in masked)
        {
            Send(numbers, one, one.Index, keys[lost], Polynomial.OfMasked(epoch, [.. masks.Values], lost));
        }

        var kept = scene.Kept[lost - 1];
        scene.Kept[lost - 1] = kept with { Current = ShareRepair.TryRestore(kept.Commitments, masked, lost) };
        pause();
        foreach (var index in helpers.Append(lost))
        {
            scene.Kept[index - 1] = peers.EndRepair(scene.Kept[index - 1]);
        }
    }

    private EphemeralKey Offer(int index, uint epoch)
    {
        var key = scene.Offer(index);
        adversary.Offered.Add((epoch, key));
        return key;
    }

    private void Send(SealedNumbers numbers, SecretShare sent, int from, EphemeralKey to, Polynomial of)
    {
        var text = numbers.Seal(sent, from, to.Peer, to.Key.Span, scene.Randomness);
        adversary.Hear(new RepairMessage(numbers, text, from, to.Peer, sent.Index), of);
    }
}
