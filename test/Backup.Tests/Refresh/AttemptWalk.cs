using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Core.Digests;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>
/// What model/refresh.pml does, with the peers' own rules: three transcripts of two attempts, told to four peers in any order, with orders
/// to give up and certificates whenever they like; the fifth peer says everything.
/// </summary>
internal sealed class AttemptWalk
{
    private static readonly int[] Honest = [1, 2, 3, 4];
    private readonly RefreshScene scene;
    private readonly Func<RefreshPeer, PeerShares, PeerShares> giveUp;
    private readonly PeerShares[] begin;
    private readonly (uint Attempt, RefreshTranscript Transcript)[] transcripts;

    public AttemptWalk(RefreshScene scene, Func<RefreshPeer, PeerShares, PeerShares> giveUp)
    {
        (this.scene, this.giveUp) = (scene, giveUp);
        int[][] dealers =
        [
            [1, 2, 3, 4, 5],
            [1, 2, 3],
            [2, 3, 4, 5],
        ];
        var deals = scene.Transcript([.. dealers[0].Select(scene.Deal)]).Deals;
        transcripts =
        [
            .. dealers.Select(
                (chosen, number) => (number > 0 ? 1u : 0u, scene.Transcript(deals.Where(one => chosen.Contains(one.Dealer))))
            ),
        ];
        begin = [.. scene.Kept];
    }

    /// <summary>Walks from the beginning again and again.</summary>
    /// <returns>How often a peer has begun the next epoch.</returns>
    /// <exception cref="RefreshViolation">Fewer than three shares of every kind are left.</exception>
    public int Run(int seeds, int steps) => Enumerable.Range(0, seeds).Sum(seed => Walk(new Random(seed), steps));

    private int Walk(Random chance, int steps)
    {
        begin.CopyTo(scene.Kept, 0);
        var said = transcripts.Select(one => new List<RefreshPrepared> { new(5, DigestOf(one.Attempt, one.Transcript)) }).ToList();
        for (var step = 0; step < steps; step++)
        {
            var (index, place) = (chance.Next(1, 5), chance.Next(transcripts.Length));
            try
            {
                Step(chance.Next(3), index, place, said[place]);
            }
            catch (RefreshRefusal)
            {
                // Who refuses has changed nothing.
            }

            RequireShares();
        }

        return Honest.Count(index => scene.Kept[index - 1].Epoch > begin[index - 1].Epoch);
    }

    private void Step(int what, int index, int place, List<RefreshPrepared> said)
    {
        var (attempt, transcript) = transcripts[place];
        if (scene.Kept[index - 1].Epoch > begin[index - 1].Epoch)
        {
            return;
        }

        if (what == 0)
        {
            said.Add(scene.Prepare(index, transcript, attempt));
        }
        else if (what == 1 && attempt == 0)
        {
            // The key of the deals stays: what was dealt to it is dealt again for another, which the walk does not have.
            var key = scene.Kept[index - 1].Key;
            scene.Kept[index - 1] = giveUp(scene.Peer(index, attempt), scene.Kept[index - 1]) with { Key = key };
        }
        else
        {
            scene.Finish(index, transcript, new RefreshCertificate(said), attempt);
        }
    }

    private void RequireShares()
    {
        var kinds = Honest
            .Select(index => scene.Kept[index - 1])
            .SelectMany(kept =>
                kept.GivenUp.Append(kept.Prepared)
                    .Select(one => one?.Commitments)
                    .Append(kept.Current is null ? null : kept.Commitments)
                    .OfType<Commitments>()
                    .Select(commitments => Convert.ToHexString(commitments.ToBytes()))
                    .Distinct()
            );
        if (kinds.GroupBy(kind => kind).All(kind => kind.Count() < scene.Parameters.Threshold))
        {
            throw new RefreshViolation(RefreshViolation.Lost);
        }
    }

    private Sha256Digest DigestOf(uint attempt, RefreshTranscript transcript) =>
        transcript.DigestIn(new RefreshContext(scene.Backup, begin[0].Epoch, attempt));
}
