using FairShare.Backup.Sharing;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Refresh;

/// <summary>
/// One peer's side of a refresh, without input and output: each step takes what the peer keeps and what it was sent, and gives what it
/// keeps from then on and what it says. It is said only after it is kept. Any step may be repeated.
/// </summary>
/// <param name="index">The peer's index, 1 to n.</param>
/// <param name="parameters">m, n and f.</param>
/// <param name="backup">The backup's id, 16 octets.</param>
/// <param name="attempt">The attempt that the steps are of.</param>
public sealed class RefreshPeer(int index, RefreshParameters parameters, ReadOnlyMemory<byte> backup, uint attempt = 0)
{
    /// <summary>How many prepared shares a peer gives up in one epoch; more do not fit into what a key of KMS wraps.</summary>
    public const int MostGivenUp = 16;

    /// <summary>How many attempts an order can skip: numbers must not run out by what one order says.</summary>
    public const int MostSkipped = 1024;

    /// <summary>Step 1: offers a new key, which is erased with the end of the refresh. A repeat before that offers the same.</summary>
    public (PeerShares Kept, EphemeralKey Said) Offer(PeerShares kept, IRandomness randomness)
    {
        var key = kept.Key ?? AgreementKey.New(randomness);
        return (kept with { Key = key }, new EphemeralKey(index, key.PublicKey));
    }

    /// <summary>Step 2: deals an update to the peers that have offered a key. A repeat with the same keys gives the same deal.</summary>
    public (PeerShares Kept, RefreshDeal Said) Deal(PeerShares kept, IReadOnlyList<EphemeralKey> keys, IRandomness randomness)
    {
        if (kept is { Deal: { } known } && known.Keys == EphemeralKey.DigestOf(keys))
        {
            return (kept, known);
        }

        var dealing = UpdateDealing.Deal(parameters.Threshold, parameters.Total, randomness);
        var deal = RefreshDeal.Seal(index, dealing, ContextOf(kept), keys, randomness);
        return (kept with { Dealt = dealing, Deal = deal }, deal);
    }

    /// <summary>
    /// Step 3: accuses the dealers whose deals do not have this peer's share. Only deals for these keys are judged, and only where this
    /// peer's own is among them: a dealer that was told another key has done nothing wrong, and its deal must not be opened to everybody.
    /// </summary>
    /// <exception cref="RefreshRefusal"><c>refresh-key-missing</c>; nothing has changed.</exception>
    public IReadOnlyList<Accusation> Judge(PeerShares kept, IReadOnlyList<EphemeralKey> keys, IEnumerable<RefreshDeal> deals)
    {
        if (kept.Key is not { } own || !keys.Any(key => key.Peer == index && key.Key.Span.SequenceEqual(own.PublicKey.Span)))
        {
            throw new RefreshRefusal("refresh-key-missing", "The key that this peer has offered is not among those of the deals.");
        }

        var digest = EphemeralKey.DigestOf(keys);
        return
        [
            .. deals
                .Where(deal => deal.Keys == digest && deal.TryReadCommitments(parameters) is not null && Open(kept, deal) is null)
                .Select(deal => new Accusation(index, deal.Dealer, deal.Digest)),
        ];
    }

    /// <summary>Step 4: answers an accusation of this peer's deal; null for one of another deal.</summary>
    public DealOpening? Answer(PeerShares kept, Accusation accusation) =>
        kept is { Deal: { } deal, Dealt: { } dealt }
        && accusation.Dealer == index
        && accusation.Deal == deal.Digest
        && accusation.Accuser >= 1
        && accusation.Accuser <= parameters.Total
            ? new DealOpening(index, deal.Digest, dealt.Updates[accusation.Accuser - 1])
            : null;

    /// <summary>Step 5: prepares the new share beside the old one.</summary>
    /// <exception cref="RefreshRefusal">Why not; nothing has changed.</exception>
    public (PeerShares Kept, RefreshPrepared Said) Prepare(PeerShares kept, RefreshTranscript transcript)
    {
        RequireAttempt(kept);
        var digest = DigestOf(transcript, kept);
        if (kept.Prepared is { } prepared)
        {
            return prepared.Transcript == digest
                ? (kept, new RefreshPrepared(index, digest))
                : throw new RefreshRefusal("refresh-prepared", "Another transcript of this epoch was prepared.");
        }

        var current = kept.Current ?? throw new RefreshRefusal("refresh-share-lost", "There is no share of this epoch to refresh.");
        var deals = RequireDeals(transcript);
        var share = deals.Aggregate(current, (sum, deal) => Add(sum, RequireUpdate(kept, transcript, deal)));
        var commitments = CommitmentsAfter(kept, deals);
        return (kept with { Prepared = new PreparedShare(digest, commitments, share, attempt) }, new RefreshPrepared(index, digest));
    }

    /// <summary>
    /// Gives this attempt up, and takes part in the next. What was prepared stays beside the present share, and is followed still if it
    /// turns out to be certified before this peer has prepared something else. Who is told of an attempt that is too far ahead goes a part
    /// of the way. A repeat changes nothing.
    /// </summary>
    /// <exception cref="RefreshRefusal"><c>refresh-too-many-attempts</c>; nothing has changed.</exception>
    public PeerShares GiveUp(PeerShares kept)
    {
        if (kept.Attempt > attempt)
        {
            return kept;
        }

        if (kept is { Prepared: not null, GivenUp.Count: >= MostGivenUp } || kept.Attempt == uint.MaxValue)
        {
            throw new RefreshRefusal("refresh-too-many-attempts", $"A peer gives up {MostGivenUp} prepared shares in an epoch at most.");
        }

        IReadOnlyList<PreparedShare> givenUp = kept.Prepared is { } prepared ? [.. kept.GivenUp, prepared] : kept.GivenUp;
        var next = (uint)Math.Min(attempt + 1L, Math.Min((long)kept.Attempt + MostSkipped, uint.MaxValue));
        return new PeerShares(kept.Epoch, kept.Commitments, kept.Current) { Attempt = next, GivenUp = givenUp };
    }

    /// <summary>Step 6: with the certificate the next epoch begins, and the old share is erased, with the key of this refresh.</summary>
    /// <returns>What is kept; without a share where this peer has not prepared what the others have.</returns>
    /// <exception cref="RefreshRefusal"><c>refresh-not-certified</c>. Or <c>refresh-given-up</c>: this peer has prepared something else in
    /// a later attempt, whose certificate may be in the world. Nothing has changed.</exception>
    public PeerShares Finish(PeerShares kept, RefreshTranscript transcript, RefreshCertificate certificate)
    {
        if (!certificate.Certifies(transcript, AttemptOf(kept), parameters))
        {
            throw new RefreshRefusal("refresh-not-certified", "Too few peers have prepared this transcript of this epoch.");
        }

        var digest = DigestOf(transcript, kept);
        if (kept.Last is { } last && last.Transcript == digest)
        {
            return new PeerShares(kept.Epoch + 1, last.Commitments, last.Share);
        }

        // A certificate of a later attempt says that m others hold the shares of that one, whatever this peer held before.
        return kept.Last?.Attempt > attempt || certificate.Names(index, digest)
            ? throw new RefreshRefusal(RefreshRefusal.GivenUp, "This peer has given up this transcript of the epoch for another.")
            : new PeerShares(kept.Epoch + 1, CommitmentsAfter(kept, RequireDeals(transcript)), null);
    }

    private void RequireAttempt(PeerShares kept)
    {
        if (kept.Attempt != attempt)
        {
            throw new RefreshRefusal("refresh-other-attempt", $"This peer takes part in attempt {kept.Attempt} at the next epoch.");
        }
    }

    private Sha256Digest DigestOf(RefreshTranscript transcript, PeerShares kept) => transcript.DigestIn(AttemptOf(kept));

    private RefreshContext AttemptOf(PeerShares kept) => new(backup, kept.Epoch, attempt);

    // A deal is of an epoch, whatever the attempt: it is for keys that are used once, and no honest dealer must be accused because somebody
    // has told dealer and judge other numbers.
    private RefreshContext ContextOf(PeerShares kept) => new(backup, kept.Epoch);

    private SecretShare? Open(PeerShares kept, RefreshDeal deal) =>
        kept.Key is { } key ? deal.TryOpen(index, key, ContextOf(kept), parameters) : null;

    private IReadOnlyList<RefreshDeal> RequireDeals(RefreshTranscript transcript) =>
        transcript.QualifiedDeals(parameters) is var deals && deals.Count >= parameters.Threshold
            ? deals
            : throw new RefreshRefusal("refresh-too-few-dealers", $"Fewer than {parameters.Threshold} deals count.");

    private SecretShare RequireUpdate(PeerShares kept, RefreshTranscript transcript, RefreshDeal deal) =>
        Open(kept, deal)
        ?? (transcript.HasAccused(index, deal) ? transcript.OpeningFor(deal, index)?.Update : null)
        ?? throw new RefreshRefusal(
            "refresh-accusation-missing",
            $"The deal of peer {deal.Dealer} is wrong for this peer, which the transcript does not say."
        );

    private Commitments CommitmentsAfter(PeerShares kept, IEnumerable<RefreshDeal> deals) =>
        kept.Commitments.Add(deals.Select(deal => deal.TryReadCommitments(parameters)!));

    private static SecretShare Add(SecretShare share, SecretShare update) =>
        share with
        {
            Value = share.Value + update.Value,
            Blinding = share.Blinding + update.Blinding,
        };
}
