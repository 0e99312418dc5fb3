using FairShare.Backup.Curve;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>A peer that lies in what it deals, and in what it says that it prepared.</summary>
/// <param name="index">Its index.</param>
/// <param name="scene">The peers.</param>
/// <param name="chance">What decides.</param>
/// <param name="confidant">The adversary whom it tells what it dealt; null for nobody.</param>
internal sealed class SimulatedLiar(int index, RefreshScene scene, Random chance, MobileAdversary? confidant)
{
    /// <summary>A deal: the update is good, or wrong for one, or has a constant; or the deal is none.</summary>
    public RefreshDeal Deal(IReadOnlyList<EphemeralKey> keys)
    {
        var dealing = UpdateDealing.Deal(3, 5, scene.Randomness);
        var updates = dealing.Updates.ToArray();
        var victim = chance.Next(4);
        updates[victim] = updates[victim] with { Value = Scalar.Random(scene.Randomness) };
        var withConstant = SecretDealing.Deal(Scalar.Of(1), 3, 5, scene.Randomness);
        var deal = chance.Next(4) switch
        {
            0 => Seal(dealing, keys),
            1 => Seal(dealing with { Updates = updates }, keys),
            2 => Seal(dealing with { Updates = withConstant.Shares }, keys) with { Commitments = withConstant.Commitments.ToBytes() },
            _ => Seal(dealing, keys) with { SealedUpdates = [] },
        };
        dealing.Updates.ToList().ForEach(update => confidant?.Hear(deal.Digest, update));
        return deal;
    }

    /// <summary>
    /// Begins the next epoch: it has said that it prepared everything, and kept nothing of it, so it comes after the others and asks for
    /// its share.
    /// </summary>
    public void Follow(uint epoch, IEnumerable<int> honest)
    {
        if (honest.Select(peer => scene.Kept[peer - 1]).FirstOrDefault(kept => kept.Epoch == epoch + 1) is { } other)
        {
            scene.Kept[index - 1] = new PeerShares(epoch + 1, other.Commitments, null);
        }
    }

    private RefreshDeal Seal(UpdateDealing dealing, IReadOnlyList<EphemeralKey> keys) =>
        RefreshDeal.Seal(index, dealing, scene.Context(index), keys, scene.Randomness);
}
