using FairShare.Backup.Curve;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>
/// Refreshes of five peers, three of whom give the secret, over a network that loses and repeats, with crashes before and after what is
/// kept and said, a coordinator that tells different peers different things, one peer that lies, and an adversary who hears everything
/// and reads two peers in each epoch. In half of the runs the liar is one of the two; in the others it does not accuse, since who accuses
/// everybody has its share of every update shown to all.
/// </summary>
internal sealed class RefreshSimulation
{
    private const int Liar = 5;
    private static readonly int[] Honest = [1, 2, 3, 4];

    private readonly RefreshScene scene;
    private readonly SimulatedPeers peers;
    private readonly MobileAdversary adversary;
    private readonly Random chance;
    private readonly bool isAccomplice;
    private readonly SimulatedLiar liar;
    private readonly Dictionary<uint, List<RefreshTranscript>> transcripts = [];
    private readonly Dictionary<uint, List<RefreshPrepared>> prepared = [];
    private readonly List<(uint Epoch, RefreshTranscript Transcript)> certified = [];

    /// <param name="seed">What happens.</param>
    /// <param name="mutant">Peers that do something wrong; null for those that do not.</param>
    /// <param name="read">How many peers the adversary reads in an epoch.</param>
    public RefreshSimulation(int seed, Func<RefreshScene, SimulatedPeers>? mutant = null, int read = 2)
    {
        chance = new Random(seed);
        scene = new RefreshScene(3, 5, 1, seed);
        peers = mutant?.Invoke(scene) ?? new SimulatedPeers(scene);
        isAccomplice = seed % 2 == 0;
        adversary = new MobileAdversary(scene, read, isAccomplice ? Liar : 0);
        liar = new SimulatedLiar(Liar, scene, chance, isAccomplice ? adversary : null);
    }

    /// <summary>How many epochs have ended.</summary>
    public int Refreshed => certified.Count;

    /// <exception cref="RefreshViolation">What must not happen.</exception>
    public void Run(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var epoch = scene.Kept.Max(kept => kept.Epoch);
            Read();
            if (!transcripts.ContainsKey(epoch) || IsLikely(0.3))
            {
                Propose(epoch);
            }

            Prepare(epoch);
            Certify(epoch);
            Finish();
            RequireSecret();
        }

        if (adversary.Rebuild() is { } rebuilt)
        {
            Assert.Equal(scene.Secret, rebuilt);
            throw new RefreshViolation(RefreshViolation.Rebuilt);
        }
    }

    // A coordinator may make several transcripts of what was said, and tell each peer another, and each dealer other keys.
    private void Propose(uint epoch)
    {
        List<EphemeralKey> keys = [.. Honest.Where(index => IsIn(index, epoch) && IsLikely(0.95)).Select(index => Offer(index, epoch))];
        keys.AddRange(IsIn(Liar, epoch) ? [Offer(Liar, epoch)] : []);
        Read();
        List<RefreshDeal> deals =
        [
            .. Honest.Where(index => IsIn(index, epoch) && IsLikely(0.85)).Select(index => peers.Deal(index, Some(keys), adversary)),
        ];
        if (IsIn(Liar, epoch))
        {
            deals.Add(liar.Deal(Some(keys)));
        }

        var accusations = Honest
            .Where(index => IsIn(index, epoch) && IsLikely(0.85))
            .SelectMany(index => Judge(index, keys, deals))
            .Concat(deals.Where(_ => isAccomplice && IsLikely(0.1)).Select(deal => new Accusation(Liar, deal.Dealer, deal.Digest)))
            .ToList();
        var openings = accusations
            .Where(one => one.Dealer != Liar && IsLikely(0.9))
            .Select(one => scene.Peer(one.Dealer).Answer(scene.Kept[one.Dealer - 1], one))
            .OfType<DealOpening>();
        transcripts.TryAdd(epoch, []);
        transcripts[epoch].Add(RefreshTranscript.Of(keys, deals, accusations, openings));
        adversary.Hear(epoch, transcripts[epoch][^1]);
        Read();
    }

    private EphemeralKey Offer(int index, uint epoch)
    {
        var key = scene.Offer(index);
        adversary.Offered.Add((epoch, key));
        return key;
    }

    private List<EphemeralKey> Some(List<EphemeralKey> keys) => IsLikely(0.9) ? keys : [.. keys.Where(_ => IsLikely(0.8))];

    private IReadOnlyList<Accusation> Judge(int index, List<EphemeralKey> keys, List<RefreshDeal> deals)
    {
        try
        {
            return scene.Peer(index).Judge(scene.Kept[index - 1], keys, deals);
        }
        catch (RefreshRefusal)
        {
            return [];
        }
    }

    private void Prepare(uint epoch)
    {
        prepared.TryAdd(epoch, []);
        foreach (var index in Honest.Where(index => IsIn(index, epoch) && IsLikely(0.8)))
        {
            var before = scene.Kept[index - 1];
            try
            {
                var said = peers.Prepare(index, transcripts[epoch][chance.Next(transcripts[epoch].Count)]);
                Say(epoch, said, IsLikely(0.8));
            }
            catch (RefreshRefusal)
            {
                Assert.Equal(before, scene.Kept[index - 1]);
            }

            // A crash before anything was kept; then nothing was said either.
            if (IsLikely(0.05) && !prepared[epoch].Exists(one => one.Peer == index))
            {
                scene.Kept[index - 1] = before;
            }
        }

        // The liar prepares everything.
        prepared[epoch].AddRange(transcripts[epoch].Select(one => new RefreshPrepared(Liar, one.DigestIn(new(scene.Backup, epoch)))));
        Read();
    }

    private void Say(uint epoch, RefreshPrepared said, bool isHeard) => prepared[epoch].AddRange(isHeard ? [said] : []);

    private void Certify(uint epoch)
    {
        var certificate = new RefreshCertificate(prepared[epoch]);
        var now = transcripts[epoch].Where(one => peers.Certifies(certificate, one, epoch)).Distinct().ToList();
        if (now.Select(one => one.DigestIn(new(scene.Backup, epoch))).Distinct().Count() > 1)
        {
            throw new RefreshViolation(RefreshViolation.CertifiedTwice);
        }

        if (now.Count > 0 && !certified.Exists(one => one.Epoch == epoch))
        {
            certified.Add((epoch, now[0]));
            adversary.Certified[epoch + 1] = now[0];
        }
    }

    // Certificates arrive late, again and out of order; who missed one is given it before the next.
    private void Finish()
    {
        foreach (var (epoch, transcript) in certified)
        {
            foreach (var index in Honest.Append(Liar).Where(index => IsIn(index, epoch) && IsLikely(0.7)))
            {
                if (index == Liar)
                {
                    liar.Follow(epoch, Honest);
                }
                else
                {
                    peers.Finish(index, transcript, new RefreshCertificate(prepared[epoch]));
                }

                Read();
                Repair(index);
            }
        }
    }

    // A peer that missed a refresh is given its share by three others of the epoch.
    private void Repair(int lost)
    {
        var epoch = scene.Kept[lost - 1].Epoch;
        int[] all = [.. Honest.Append(Liar).Where(index => IsIn(index, epoch) && scene.Kept[index - 1].Current is not null)];
        if (scene.Kept[lost - 1].Current is null && all.Length >= 3)
        {
            chance.Shuffle(all);
            new SimulatedRepair(scene, peers, adversary, Read).Run(lost, all[..3]);
        }
    }

    /// <summary>
    /// Whatever happened: peers who do not lie have three shares of one epoch, current or prepared, and any three of them give the secret.
    /// </summary>
    private void RequireSecret()
    {
        var held = Honest
            .Select(index => scene.Kept[index - 1])
            .SelectMany(kept =>
                new[]
                {
                    (kept.Commitments, Share: kept.Current),
                    (Commitments: kept.Prepared?.Commitments ?? kept.Commitments, Share: kept.Prepared?.Share),
                }
            )
            .Where(one => one.Share is not null)
            .GroupBy(one => Convert.ToHexString(one.Commitments.ToBytes()), one => (one.Commitments, Share: one.Share!))
            .ToList();
        Assert.All(held.SelectMany(epoch => epoch), one => Assert.True(one.Commitments.Hold(one.Share)));
        var threes = held.Select(epoch => ThreesOf([.. epoch.Select(one => one.Share)]).Select(Combine).Distinct().ToList());
        if (!threes.Any(secrets => secrets.Count == 1 && secrets[0] == scene.Secret))
        {
            throw new RefreshViolation(RefreshViolation.Lost);
        }
    }

    private static IEnumerable<SecretShare[]> ThreesOf(SecretShare[] shares) =>
        from one in shares
        from two in shares
        from three in shares
        where one.Index < two.Index && two.Index < three.Index
        select new[] { one, two, three };

    private static Scalar Combine(SecretShare[] shares)
    {
        int[] indices = [.. shares.Select(share => share.Index)];
        return shares.Aggregate(Scalar.Zero, (sum, share) => sum + (Interpolation.WeightOf(indices, share.Index, place: 0) * share.Value));
    }

    private void Read()
    {
        if (IsLikely(0.4))
        {
            adversary.Read(chance.Next(1, 6));
        }
    }

    private bool IsIn(int index, uint epoch) => scene.Kept[index - 1].Epoch == epoch;

    private bool IsLikely(double probability) => chance.NextDouble() < probability;
}
