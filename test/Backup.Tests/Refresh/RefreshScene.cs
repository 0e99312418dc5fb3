using FairShare.Backup.Curve;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>Peers with their shares of one secret.</summary>
internal sealed class RefreshScene
{
    public RefreshScene(int threshold, int total, int liars, int seed)
    {
        Randomness = new SeededRandomness(seed);
        Parameters = new RefreshParameters(threshold, total, liars);
        Secret = Scalar.Random(Randomness);
        var dealing = SecretDealing.Deal(Secret, threshold, total, Randomness);
        Kept = [.. dealing.Shares.Select(share => new PeerShares(1, dealing.Commitments, share))];
    }

    public IRandomness Randomness { get; }

    public RefreshParameters Parameters { get; }

    public Scalar Secret { get; }

    public ReadOnlyMemory<byte> Backup { get; } = new byte[16];

    /// <summary>What each peer keeps; the peer of index i at place i - 1.</summary>
    public PeerShares[] Kept { get; }

    public RefreshContext Context(int index) => new(Backup, Kept[index - 1].Epoch);

    public RefreshPeer Peer(int index, uint attempt = 0) => new(index, Parameters, Backup, attempt);

    public EphemeralKey Offer(int index)
    {
        (Kept[index - 1], var key) = Peer(index).Offer(Kept[index - 1], Randomness);
        return key;
    }

    /// <summary>A deal, after all peers have offered their keys.</summary>
    public RefreshDeal Deal(int index) => Deal(index, OfferAll());

    public RefreshDeal Deal(int index, IReadOnlyList<EphemeralKey> keys)
    {
        (Kept[index - 1], var deal) = Peer(index).Deal(Kept[index - 1], keys, Randomness);
        return deal;
    }

    /// <summary>A deal as a liar makes it: any update, sealed as it should be.</summary>
    public RefreshDeal Deal(int index, UpdateDealing dealing) => RefreshDeal.Seal(index, dealing, Context(index), OfferAll(), Randomness);

    public RefreshPrepared Prepare(int index, RefreshTranscript transcript, uint attempt = 0)
    {
        (Kept[index - 1], var prepared) = Peer(index, attempt).Prepare(Kept[index - 1], transcript);
        return prepared;
    }

    /// <summary>An abort, as a peer carries it out.</summary>
    public void GiveUp(int index, uint attempt = 0) => Kept[index - 1] = Peer(index, attempt).GiveUp(Kept[index - 1]);

    public void Finish(int index, RefreshTranscript transcript, RefreshCertificate certificate, uint attempt = 0) =>
        Kept[index - 1] = Peer(index, attempt).Finish(Kept[index - 1], transcript, certificate);

    /// <summary>What the current shares of some peers give.</summary>
    public Scalar? Restore(params IEnumerable<int> peers)
    {
        var kept = peers.Select(index => Kept[index - 1]).ToList();
        return SecretRestoration.Restore(kept[0].Commitments, kept.Select(one => one.Current).OfType<SecretShare>()).Secret;
    }

    /// <summary>What a peer says of deals for the keys of all.</summary>
    public IReadOnlyList<Accusation> Judge(int index, IEnumerable<RefreshDeal> deals) =>
        Peer(index).Judge(Kept[index - 1], OfferAll(), deals);

    public RefreshTranscript Transcript(
        IEnumerable<RefreshDeal> deals,
        IEnumerable<Accusation>? accusations = null,
        IEnumerable<DealOpening>? openings = null
    ) => RefreshTranscript.Of(OfferAll(), deals, accusations ?? [], openings ?? []);

    private List<EphemeralKey> OfferAll() => [.. Enumerable.Range(1, Parameters.Total).Select(Offer)];
}
