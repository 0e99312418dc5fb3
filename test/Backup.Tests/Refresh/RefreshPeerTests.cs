using FairShare.Backup.Curve;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Tests.Refresh;

public class RefreshPeerTests
{
    private static readonly int[] All = [1, 2, 3, 4, 5];

    private readonly RefreshScene scene = new(3, 5, 1, 7);

    [Fact]
    public void Refresh_OfAllPeers_GivesOtherSharesOfTheSameSecret()
    {
        var old = scene.Kept.Select(kept => kept.Current!).ToList();
        Complete([.. All.Select(scene.Deal)], [], [], All);
        Assert.All(scene.Kept, kept => Assert.Equal((2u, null), (kept.Epoch, kept.Dealt)));
        Assert.Equal(scene.Secret, scene.Restore(2, 3, 5));
        Assert.All(scene.Kept, kept => Assert.NotEqual(old[kept.Current!.Index - 1].Value, kept.Current.Value));
    }

    [Fact]
    public void Restore_OfSharesOfTwoEpochs_NeverGivesTheSecret()
    {
        var old = scene.Kept.Select(kept => kept.Current!).ToList();
        Complete([.. All.Select(scene.Deal)], [], [], All);
        for (var chosen = 0; chosen < 1 << 10; chosen++)
        {
            var (olds, news) = (Pick(old, chosen), Pick([.. scene.Kept.Select(kept => kept.Current!)], chosen >> 5));
            if (olds.Count is > 0 and < 3 && news.Count is > 0 and < 3)
            {
                Assert.Null(SecretRestoration.Restore(scene.Kept[0].Commitments, olds.Concat(news)).Secret);
                Assert.NotEqual(scene.Secret, Combine([.. olds, .. news]));
            }
        }
    }

    [Fact]
    public void Offer_UntilTheRefreshEnds_IsTheSameKeyAndAnotherAfterwards()
    {
        var first = scene.Offer(1);
        Assert.Equal(first.Key.ToArray(), scene.Offer(1).Key.ToArray());
        Complete([.. All.Select(scene.Deal)], [], [], All);
        Assert.All(scene.Kept, kept => Assert.Null(kept.Key));
        Assert.NotEqual(first.Key.ToArray(), scene.Offer(1).Key.ToArray());
    }

    [Fact]
    public void Judge_DealsForAnotherKey_AccusesNobodyAndTheyDoNotCount()
    {
        // The carrier has shown another key of the fourth peer's to the dealers: were they accused, their deals would be opened to all.
        List<EphemeralKey> keys = [.. All.Select(scene.Offer)];
        var told = keys.ConvertAll(key => key.Peer == 4 ? key with { Key = AgreementKey.New(scene.Randomness).PublicKey } : key);
        RefreshDeal[] deals = [.. All.Select(index => scene.Deal(index, told))];
        Refuses("refresh-key-missing", () => scene.Peer(4).Judge(scene.Kept[3], told, deals));
        Assert.Empty(scene.Peer(4).Judge(scene.Kept[3], keys, deals));
        Assert.Empty(scene.Transcript(deals).QualifiedDeals(scene.Parameters));
        Refuses("refresh-too-few-dealers", () => scene.Prepare(4, scene.Transcript(deals)));

        // The same dealers deal anew for the right keys, and for them again the same.
        var deal = scene.Deal(1, keys);
        Assert.NotEqual(deals[0].Digest, deal.Digest);
        Assert.Equal(deal.Digest, scene.Deal(1, keys).Digest);
    }

    [Fact]
    public void Refresh_EndedAfterAnyStepOfAnyPeer_LeavesThreeSharesOfOneEpochAndIsFinishedByARepeat()
    {
        for (var steps = 0; steps <= 4 * All.Length; steps++)
        {
            var crashed = new RefreshScene(3, 5, 1, steps);
            var refresh = new InterruptedRefresh(crashed);
            refresh.Go(steps);
            Assert.Contains(
                crashed.Kept.GroupBy(kept => kept.Epoch, kept => kept.Current!.Index),
                epoch => epoch.Count() >= 3 && crashed.Restore(epoch) == crashed.Secret
            );
            refresh.Go(int.MaxValue);
            Assert.All(crashed.Kept, kept => Assert.Equal(2u, kept.Epoch));
            Assert.Equal(crashed.Secret, crashed.Restore(1, 3, 5));
        }
    }

    [Fact]
    public void Prepare_AfterADealThatIsWrongForOnePeer_IsDoneWithTheOpeningOrWithoutTheDealer()
    {
        var wrong = WrongFor(4, UpdateDealing.Deal(3, 5, scene.Randomness), dealer: 2);
        RefreshDeal[] deals = [scene.Deal(1), wrong, scene.Deal(3), scene.Deal(4), scene.Deal(5)];
        var accusations = All.SelectMany(index => scene.Judge(index, deals)).ToList();
        Assert.Equal([new Accusation(4, 2, wrong.Digest)], accusations);

        var silent = scene.Transcript(deals, accusations, []);
        Assert.Equal([1, 3, 4, 5], silent.QualifiedDeals(scene.Parameters).Select(deal => deal.Dealer));
        Complete(deals, accusations, [], All);
        Assert.Equal(scene.Secret, scene.Restore(1, 4, 5));
    }

    [Fact]
    public void Prepare_AfterAFalseAccusation_TakesTheOpening()
    {
        RefreshDeal[] deals = [.. All.Select(scene.Deal)];
        var accusation = new Accusation(5, 1, deals[0].Digest);
        var opening = scene.Peer(1).Answer(scene.Kept[0], accusation);
        Complete(deals, [accusation], [opening!], All);
        Assert.Equal(scene.Secret, scene.Restore(1, 2, 5));
    }

    [Fact]
    public void Prepare_AfterAnOpeningThatDoesNotHold_LeavesTheDealerOut()
    {
        var wrong = WrongFor(4, UpdateDealing.Deal(3, 5, scene.Randomness), dealer: 2);
        RefreshDeal[] deals = [scene.Deal(1), wrong, scene.Deal(3), scene.Deal(5)];
        var opening = new DealOpening(2, wrong.Digest, new SecretShare(4, Scalar.Of(1), Scalar.Of(2)));
        var transcript = scene.Transcript(deals, [new Accusation(4, 2, wrong.Digest)], [opening]);
        Assert.Equal([1, 3, 5], transcript.QualifiedDeals(scene.Parameters).Select(deal => deal.Dealer));
        Complete(deals, transcript.Accusations, [opening], All);
        Assert.Equal(scene.Secret, scene.Restore(2, 3, 4));
    }

    [Fact]
    public void Prepare_WithoutWhatThePeerSaysOfADeal_IsRefused()
    {
        var wrong = WrongFor(4, UpdateDealing.Deal(3, 5, scene.Randomness), dealer: 2);
        var transcript = scene.Transcript([scene.Deal(1), wrong, scene.Deal(3), scene.Deal(4)]);
        Refuses("refresh-accusation-missing", () => scene.Prepare(4, transcript));
        scene.Prepare(1, transcript);
    }

    [Fact]
    public void Prepare_ADealWithAConstant_CountsForNothing()
    {
        var secret = SecretDealing.Deal(Scalar.Of(1), 3, 5, scene.Randomness);
        var dealt = scene.Deal(2, new UpdateDealing(new UpdateCommitments([]), secret.Shares)) with
        {
            Commitments = secret.Commitments.ToBytes(),
        };
        var transcript = scene.Transcript([scene.Deal(1), dealt, scene.Deal(3)]);
        Refuses("refresh-too-few-dealers", () => scene.Prepare(1, transcript));

        // With as many points as it should have, the constant is what does not fit.
        var cut = dealt with
        {
            Commitments = secret.Commitments.ToBytes().AsMemory(CurvePoint.Size),
        };
        Assert.Equal([2, 2, 2, 2, 2], All.SelectMany(index => scene.Judge(index, [cut])).Select(one => one.Dealer));
    }

    [Fact]
    public void Prepare_AnotherTranscript_IsRefusedAndTheSameAnsweredAgain()
    {
        var first = scene.Transcript([scene.Deal(1), scene.Deal(2), scene.Deal(3)]);
        var second = scene.Transcript([scene.Deal(1), scene.Deal(2), scene.Deal(4)]);
        Assert.Equal(scene.Prepare(1, first), scene.Prepare(1, first));
        Refuses("refresh-prepared", () => scene.Prepare(1, second));
    }

    [Fact]
    public void Finish_WithTooFewPreparedOrRepeated_IsRefused()
    {
        var transcript = scene.Transcript([scene.Deal(1), scene.Deal(2), scene.Deal(3)]);
        var prepared = new[] { 1, 2, 3 }.Select(index => scene.Prepare(index, transcript)).ToList();
        Refuses("refresh-not-certified", () => scene.Finish(1, transcript, new([.. prepared, .. prepared])));
        var other = prepared[0] with { Peer = 4, Transcript = scene.Transcript([scene.Deal(1)]).DigestIn(scene.Context(1)) };
        Refuses("refresh-not-certified", () => scene.Finish(1, transcript, new([.. prepared, other])));
        Refuses("refresh-not-certified", () => scene.Finish(1, transcript, new([.. prepared, prepared[0] with { Peer = 6 }])));
        Assert.Equal(scene.Secret, scene.Restore(1, 2, 3));
    }

    [Fact]
    public void Finish_OfAPeerThatWasAway_LeavesItWithoutAShare()
    {
        var transcript = scene.Transcript([.. All.Select(scene.Deal)]);
        RefreshCertificate certificate = new([.. new[] { 1, 2, 3, 4 }.Select(index => scene.Prepare(index, transcript))]);
        scene.Finish(5, transcript, certificate);
        Assert.Equal((2u, null), (scene.Kept[4].Epoch, scene.Kept[4].Current));
        Refuses("refresh-share-lost", () => scene.Prepare(5, scene.Transcript([.. All.Select(scene.Deal)])));
    }

    private static void Refuses(string code, Action step) => Assert.Equal(code, Assert.Throws<RefreshRefusal>(step).Code);

    private RefreshDeal WrongFor(int victim, UpdateDealing dealing, int dealer)
    {
        var updates = dealing.Updates.ToArray();
        updates[victim - 1] = updates[victim - 1] with { Value = Scalar.Of(1) };
        return scene.Deal(dealer, dealing with { Updates = updates });
    }

    private void Complete(RefreshDeal[] deals, IReadOnlyList<Accusation> accusations, DealOpening[] openings, int[] peers)
    {
        var transcript = scene.Transcript(deals, accusations, openings);
        RefreshCertificate certificate = new([.. peers.Select(index => scene.Prepare(index, transcript))]);
        foreach (var index in peers)
        {
            scene.Finish(index, transcript, certificate);
        }
    }

    private static List<SecretShare> Pick(IReadOnlyList<SecretShare> shares, int bits) =>
        [.. shares.Where(share => (bits >> (share.Index - 1) & 1) == 1)];

    private static Scalar Combine(List<SecretShare> shares)
    {
        var chosen = shares.DistinctBy(share => share.Index).Take(3).ToList();
        var indices = chosen.ConvertAll(share => share.Index);
        return chosen.Aggregate(Scalar.Zero, (sum, share) => sum + (Interpolation.WeightOf(indices, share.Index, 0) * share.Value));
    }
}
