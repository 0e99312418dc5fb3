using FairShare.Backup.Curve;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Core.Digests;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>
/// Somebody who hears everything that peers send, and reads all that some peers keep: so many in each epoch, and others in the next one.
/// Who is read while a refresh or a repair is under way counts for the epoch that follows too. What was learnt is never forgotten.
/// </summary>
/// <param name="scene">The peers.</param>
/// <param name="strength">How many peers are read in an epoch.</param>
/// <param name="accomplice">The peer that tells it everything, and is one of them in every epoch; 0 for none.</param>
internal sealed class MobileAdversary(RefreshScene scene, int strength, int accomplice)
{
    private readonly Dictionary<uint, HashSet<int>> read = [];
    private readonly Dictionary<Sha256Digest, AgreementKey> keys = [];
    private readonly List<(Polynomial Of, SecretShare Share)> shares = [];
    private readonly List<(uint Epoch, RefreshDeal Deal)> deals = [];
    private readonly Dictionary<Sha256Digest, RefreshTranscript> transcripts = [];
    private readonly List<(RepairMessage Message, Polynomial Of)> repairs = [];

    /// <summary>Which transcript began each epoch but the first.</summary>
    public Dictionary<uint, RefreshTranscript> Certified { get; } = [];

    /// <summary>The keys that peers have offered, by which it knows which of its private keys may open something.</summary>
    public List<(uint Epoch, EphemeralKey Key)> Offered { get; } = [];

    public void Hear(uint epoch, RefreshTranscript transcript)
    {
        transcripts[transcript.DigestIn(new RefreshContext(scene.Backup, epoch))] = transcript;
        deals.AddRange(transcript.Deals.Select(deal => (epoch, deal)));
        foreach (var opening in transcript.Openings)
        {
            Hear(opening.Deal, opening.Update);
        }
    }

    /// <summary>Hears a share of an update that is not sealed.</summary>
    public void Hear(Sha256Digest deal, SecretShare update) => shares.Add((Polynomial.OfDeal(deal), update));

    public void Hear(RepairMessage message, Polynomial of) => repairs.Add((message, of));

    /// <summary>Reads a peer, where that is not one too many.</summary>
    public void Read(int index)
    {
        var kept = scene.Kept[index - 1];
        var epochs = kept.Key is null && kept.Prepared is null ? [kept.Epoch] : new[] { kept.Epoch, kept.Epoch + 1 };
        if (epochs.Any(epoch => !PeersOf(epoch).Contains(index) && PeersOf(epoch).Count == strength))
        {
            return;
        }

        epochs.ToList().ForEach(epoch => PeersOf(epoch).Add(index));
        Learn(Polynomial.OfEpoch(kept.Epoch), kept.Current);
        Learn(Polynomial.OfTranscript(kept.Epoch, kept.Prepared?.Transcript), kept.Prepared?.Share);
        kept.Dealt?.Updates.ToList().ForEach(update => Learn(Polynomial.OfDeal(kept.Deal!.Digest), update));
        if (kept.Key is { } key)
        {
            keys[Sha256Digest.Of(key.PublicKey.Span)] = key;
        }
    }

    /// <summary>The secret, from everything that was read and heard, in whatever way; null where nothing gives it.</summary>
    public Scalar? Rebuild()
    {
        OpenEverything();
        var (knowledge, unknowns) = (new LinearKnowledge(), new Dictionary<object, int>());
        foreach (var (of, share) in shares.Distinct())
        {
            knowledge.Learn(Terms(of, share.Index, unknowns), share.Value);
        }

        return knowledge.Find(0);
    }

    private HashSet<int> PeersOf(uint epoch) =>
        read.TryGetValue(epoch, out var peers) ? peers : read[epoch] = accomplice == 0 ? [] : [accomplice];

    private void Learn(Polynomial of, SecretShare? share) => shares.AddRange(share is null ? [] : [(of, share)]);

    private void OpenEverything()
    {
        foreach (var (epoch, offered) in Offered.Distinct())
        {
            if (keys.GetValueOrDefault(Sha256Digest.Of(offered.Key.Span)) is not { } key)
            {
                continue;
            }

            foreach (var (_, deal) in deals.Where(one => one.Epoch == epoch).DistinctBy(one => one.Deal.Digest))
            {
                var context = new RefreshContext(scene.Backup, epoch);
                Learn(Polynomial.OfDeal(deal.Digest), deal.TryOpen(offered.Peer, key, context, scene.Parameters));
            }

            foreach (var (message, of) in repairs.Where(one => one.Message.Epoch == epoch && one.Message.To == offered.Peer))
            {
                Learn(of, message.TryOpen(key));
            }
        }
    }

    // What a polynomial is made of: the first one's three coefficients, two of each update, two of each mask.
    private IEnumerable<(int Unknown, Scalar Factor)> Terms(Polynomial of, int index, Dictionary<object, int> unknowns)
    {
        var (place, square) = (Scalar.Of(index), Scalar.Of(index * index));
        if (of.HasShare)
        {
            yield return (0, Scalar.Of(1));
            yield return (1, place);
            yield return (2, square);
        }

        var refreshes = Enumerable.Range(1, of.HasShare ? (int)of.Epoch - 1 : 0).Select(epoch => Certified[(uint)epoch + 1]);
        var updates = (of.Transcript is { } prepared ? refreshes.Append(transcripts[prepared]) : refreshes)
            .SelectMany(transcript => transcript.QualifiedDeals(scene.Parameters))
            .Select(deal => deal.Digest);
        foreach (var deal in of.Deal is { } one ? updates.Append(one) : updates)
        {
            var first = FirstOf(deal, unknowns);
            yield return (first, place);
            yield return (first + 1, square);
        }

        foreach (var mask in of.Masks)
        {
            var (first, away) = (FirstOf(mask, unknowns), place - Scalar.Of(of.Lost));
            yield return (first, away);
            yield return (first + 1, away * place);
        }
    }

    private static int FirstOf(object polynomial, Dictionary<object, int> unknowns)
    {
        unknowns.TryAdd(polynomial, 3 + (2 * unknowns.Count));
        return unknowns[polynomial];
    }
}
