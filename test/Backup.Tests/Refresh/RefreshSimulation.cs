using FairShare.Backup.Curve;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>
/// Refreshes of five peers, three of whom give the secret, over a network that loses and repeats, with crashes before and after what is
/// kept and said, a coordinator that tells different peers different things, and one peer that lies.
/// </summary>
internal sealed class RefreshSimulation
{
    private const int Liar = 5;
    private static readonly int[] Honest = [1, 2, 3, 4];

    private readonly RefreshScene scene;
    private readonly Random chance;
    private readonly Dictionary<uint, List<RefreshTranscript>> transcripts = [];
    private readonly Dictionary<uint, List<RefreshPrepared>> prepared = [];
    private readonly List<(uint Epoch, RefreshTranscript Transcript)> certified = [];

    public RefreshSimulation(int seed)
    {
        chance = new Random(seed);
        scene = new RefreshScene(3, 5, 1, seed);
    }

    /// <summary>How many epochs have ended.</summary>
    public int Refreshed => certified.Count;

    public void Run(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var epoch = scene.Kept.Max(kept => kept.Epoch);
            if (!transcripts.ContainsKey(epoch) || IsLikely(0.3))
            {
                Propose(epoch);
            }

            Prepare(epoch);
            Certify(epoch);
            Finish();
            RequireSecret();
        }
    }

    // A coordinator may make several transcripts of what was said, and tell each peer another.
    private void Propose(uint epoch)
    {
        List<RefreshDeal> deals = [.. Honest.Where(index => IsIn(index, epoch) && IsLikely(0.85)).Select(scene.Deal)];
        if (IsIn(Liar, epoch))
        {
            deals.Add(Lie());
        }

        var accusations = Honest
            .Where(index => IsIn(index, epoch) && IsLikely(0.85))
            .SelectMany(index => scene.Peer(index).Judge(scene.Kept[index - 1], deals))
            .Concat(deals.Where(_ => IsLikely(0.1)).Select(deal => new Accusation(Liar, deal.Dealer, deal.Digest)))
            .ToList();
        var openings = accusations
            .Where(one => one.Dealer != Liar && IsLikely(0.9))
            .Select(one => scene.Peer(one.Dealer).Answer(scene.Kept[one.Dealer - 1], one))
            .OfType<DealOpening>();
        transcripts.TryAdd(epoch, []);
        transcripts[epoch].Add(RefreshTranscript.Of(deals, accusations, openings));
    }

    // The update is good, or wrong for one, or has a constant; or the deal is none.
    private RefreshDeal Lie()
    {
        var dealing = UpdateDealing.Deal(3, 5, scene.Randomness);
        var updates = dealing.Updates.ToArray();
        var victim = chance.Next(4);
        updates[victim] = updates[victim] with { Value = Scalar.Random(scene.Randomness) };
        var withConstant = SecretDealing.Deal(Scalar.Of(1), 3, 5, scene.Randomness);
        return chance.Next(4) switch
        {
            0 => scene.Deal(Liar, dealing),
            1 => scene.Deal(Liar, dealing with { Updates = updates }),
            2 => scene.Deal(Liar, dealing with { Updates = withConstant.Shares }) with { Commitments = withConstant.Commitments.ToBytes() },
            _ => scene.Deal(Liar, dealing) with { SealedUpdates = [] },
        };
    }

    private void Prepare(uint epoch)
    {
        prepared.TryAdd(epoch, []);
        foreach (var index in Honest.Where(index => IsIn(index, epoch) && IsLikely(0.8)))
        {
            var before = scene.Kept[index - 1];
            try
            {
                var said = scene.Prepare(index, transcripts[epoch][chance.Next(transcripts[epoch].Count)]);
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
    }

    private void Say(uint epoch, RefreshPrepared said, bool isHeard) => prepared[epoch].AddRange(isHeard ? [said] : []);

    private void Certify(uint epoch)
    {
        var certificate = new RefreshCertificate(prepared[epoch]);
        var now = transcripts[epoch]
            .Where(one => certificate.Certifies(one, new(scene.Backup, epoch), scene.Parameters))
            .Distinct()
            .ToList();
        var digests = now.Select(one => one.DigestIn(new(scene.Backup, epoch))).Distinct().ToList();
        Assert.True(digests.Count <= 1, "Two transcripts of one epoch were certified.");
        if (now.Count > 0 && !certified.Exists(one => one.Epoch == epoch))
        {
            certified.Add((epoch, now[0]));
        }
    }

    // Certificates arrive late, again and out of order; who missed one is given it before the next.
    private void Finish()
    {
        foreach (var (epoch, transcript) in certified)
        {
            foreach (var index in Honest.Append(Liar).Where(index => IsIn(index, epoch) && IsLikely(0.7)))
            {
                scene.Finish(index, transcript, new RefreshCertificate(prepared[epoch]));
                Repair(index);
            }
        }
    }

    // A peer that missed a refresh is given its share by three others of the epoch: here in the open, the repair has tests of its own.
    private void Repair(int index)
    {
        var kept = scene.Kept[index - 1];
        var helpers = scene
            .Kept.Where(one => one.Epoch == kept.Epoch && one.Current is not null)
            .Select(one => one.Current!)
            .Take(3)
            .ToList();
        if (kept.Current is null && helpers.Count == 3)
        {
            var indices = helpers.ConvertAll(share => share.Index);
            Scalar At(Func<SecretShare, Scalar> part) =>
                helpers.Aggregate(Scalar.Zero, (sum, share) => sum + (Interpolation.WeightOf(indices, share.Index, index) * part(share)));
            scene.Kept[index - 1] = kept with { Current = new(index, At(share => share.Value), At(share => share.Blinding)) };
        }
    }

    /// <summary>
    /// Whatever happened: three peers who do not lie have shares of one epoch, current or prepared, and those give the secret.
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
            .GroupBy(one => Convert.ToHexString(one.Commitments.ToBytes()))
            .Select(epoch => SecretRestoration.Restore(epoch.First().Commitments, epoch.Select(one => one.Share!)))
            .ToList();
        Assert.All(held, one => Assert.Empty(one.Bad));
        Assert.Contains(held, one => one.Secret == scene.Secret);
    }

    private bool IsIn(int index, uint epoch) => scene.Kept[index - 1].Epoch == epoch;

    private bool IsLikely(double probability) => chance.NextDouble() < probability;
}
