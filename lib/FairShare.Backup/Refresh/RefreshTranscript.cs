using FairShare.Core.Digests;

namespace FairShare.Backup.Refresh;

/// <summary>All that was said in a refresh before shares are prepared; the same for all who prepare, since they sign its digest.</summary>
/// <param name="Keys">The keys that the peers have offered, by peer.</param>
/// <param name="Deals">The deals, one a dealer, by dealer.</param>
/// <param name="Accusations">The accusations, by dealer and accuser.</param>
/// <param name="Openings">The openings, by dealer and accuser.</param>
public sealed record RefreshTranscript(
    IReadOnlyList<EphemeralKey> Keys,
    IReadOnlyList<RefreshDeal> Deals,
    IReadOnlyList<Accusation> Accusations,
    IReadOnlyList<DealOpening> Openings
)
{
    /// <summary>What was collected, in the transcript's order; what is there twice counts once.</summary>
    public static RefreshTranscript Of(
        IEnumerable<EphemeralKey> keys,
        IEnumerable<RefreshDeal> deals,
        IEnumerable<Accusation> accusations,
        IEnumerable<DealOpening> openings
    ) =>
        new(
            [.. keys.DistinctBy(key => key.Peer).OrderBy(key => key.Peer)],
            [.. deals.DistinctBy(deal => deal.Dealer).OrderBy(deal => deal.Dealer)],
            [.. accusations.Distinct().OrderBy(one => one.Dealer).ThenBy(one => one.Accuser)],
            [.. openings.DistinctBy(one => (one.Dealer, one.Update.Index)).OrderBy(one => one.Dealer).ThenBy(one => one.Update.Index)]
        );

    /// <summary>What peers sign when they have prepared: context and everything that was said.</summary>
    public Sha256Digest DigestIn(RefreshContext context) =>
        TranscriptDigest.Of([
            context.ToBytes(),
            EphemeralKey.DigestOf(Keys).ToBytes(),
            [(byte)Deals.Count],
            .. Deals.Select(deal => deal.Digest.ToBytes()),
            [(byte)Accusations.Count],
            .. Accusations.Select(one => (byte[])[(byte)one.Accuser, (byte)one.Dealer, .. one.Deal.ToBytes()]),
            .. Openings.Select(one =>
                (byte[])
                    [
                        (byte)one.Dealer,
                        .. one.Deal.ToBytes(),
                        (byte)one.Update.Index,
                        .. one.Update.Value.ToBytes(),
                        .. one.Update.Blinding.ToBytes(),
                    ]
            ),
        ]);

    /// <summary>The deals that count: well formed, for these keys, and every accusation answered by an opening that holds.</summary>
    public IReadOnlyList<RefreshDeal> QualifiedDeals(RefreshParameters parameters) =>
        [.. Deals.Where(deal => IsQualified(deal, parameters))];

    /// <summary>The opening that answers an accuser of a deal; null where there is none.</summary>
    public DealOpening? OpeningFor(RefreshDeal deal, int accuser) =>
        Openings.FirstOrDefault(one => one.Deal == deal.Digest && one.Dealer == deal.Dealer && one.Update.Index == accuser);

    /// <summary>Whether a peer has accused a deal.</summary>
    public bool HasAccused(int accuser, RefreshDeal deal) => Accusations.Contains(new Accusation(accuser, deal.Dealer, deal.Digest));

    private bool IsQualified(RefreshDeal deal, RefreshParameters parameters) =>
        deal.Dealer >= 1
        && deal.Dealer <= parameters.Total
        && deal.Keys == EphemeralKey.DigestOf(Keys)
        && deal.TryReadCommitments(parameters) is { } commitments
        && Accusations
            .Where(one => one.Dealer == deal.Dealer && one.Deal == deal.Digest)
            .All(one => OpeningFor(deal, one.Accuser) is { } opening && commitments.Hold(opening.Update));
}
