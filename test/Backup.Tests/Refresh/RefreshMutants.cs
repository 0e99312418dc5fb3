using FairShare.Backup.Curve;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>Peers that do one thing as one might wrongly think that it would do.</summary>
internal static class RefreshMutants
{
    /// <summary>The old share is erased as soon as the new one is there, and not when a quorum has it.</summary>
    public sealed class EraseBeforeTheCertificate(RefreshScene scene) : SimulatedPeers(scene)
    {
        public override RefreshPrepared Prepare(int index, RefreshTranscript transcript)
        {
            var said = base.Prepare(index, transcript);
            var prepared = Scene.Kept[index - 1].Prepared!;
            Scene.Kept[index - 1] = new PeerShares(Scene.Kept[index - 1].Epoch + 1, prepared.Commitments, prepared.Share);
            return said;
        }
    }

    /// <summary>m peers are enough for a certificate.</summary>
    public sealed class QuorumOfM(RefreshScene scene) : SimulatedPeers(scene)
    {
        public override bool Certifies(RefreshCertificate certificate, RefreshTranscript transcript, uint epoch)
        {
            var digest = transcript.DigestIn(new RefreshContext(Scene.Backup, epoch));
            return certificate.Prepared.Where(one => one.Transcript == digest).DistinctBy(one => one.Peer).Count()
                >= Scene.Parameters.Threshold;
        }

        public override void Finish(int index, RefreshTranscript transcript, RefreshCertificate certificate)
        {
            var kept = Scene.Kept[index - 1];
            var (epoch, deals) = (kept.Epoch + 1, transcript.QualifiedDeals(Scene.Parameters));
            Scene.Kept[index - 1] =
                kept.Prepared is { } prepared && prepared.Transcript == transcript.DigestIn(new RefreshContext(Scene.Backup, kept.Epoch))
                    ? new PeerShares(epoch, prepared.Commitments, prepared.Share)
                    : new PeerShares(epoch, kept.Commitments.Add(deals.Select(deal => deal.TryReadCommitments(Scene.Parameters)!)), null);
        }
    }

    /// <summary>A deal may commit to a constant too, and nobody asks whether it is zero.</summary>
    public sealed class NoProofOfTheConstantTerm(RefreshScene scene) : SimulatedPeers(scene)
    {
        public override RefreshPrepared Prepare(int index, RefreshTranscript transcript)
        {
            var said = base.Prepare(index, transcript);
            var (kept, context) = (Scene.Kept[index - 1], Scene.Context(index));
            foreach (var deal in transcript.Deals)
            {
                if (Commitments.TryRead(deal.Commitments.Span) is { } commitments && commitments.Threshold == Scene.Parameters.Threshold)
                {
                    var update = Open(deal, index, kept.Key!, context);
                    Assert.True(commitments.Hold(update));
                    kept = kept with { Prepared = Add(kept.Prepared!, update, commitments) };
                }
            }

            Scene.Kept[index - 1] = kept;
            return said;
        }

        private static SecretShare Open(RefreshDeal deal, int index, AgreementKey key, RefreshContext context)
        {
            byte[] belonging = [.. context.ToBytes(), (byte)deal.Dealer, (byte)index];
            var text = key.TryOpen(deal.SealedUpdates[index - 1].Span, belonging)!;
            return new(index, Scalar.TryRead(text.AsSpan(0, Scalar.Size))!.Value, Scalar.TryRead(text.AsSpan(Scalar.Size))!.Value);
        }

        private static PreparedShare Add(PreparedShare prepared, SecretShare update, Commitments commitments)
        {
            var points = PointsOf(prepared.Commitments).Zip(PointsOf(commitments), (one, other) => (one + other).ToBytes());
            var share = prepared.Share with
            {
                Value = prepared.Share.Value + update.Value,
                Blinding = prepared.Share.Blinding + update.Blinding,
            };
            return prepared with { Commitments = Commitments.TryRead([.. points.SelectMany(point => point)])!, Share = share };
        }

        private static IEnumerable<CurvePoint> PointsOf(Commitments commitments) =>
            commitments.ToBytes().Chunk(CurvePoint.Size).Select(point => CurvePoint.TryRead(point)!.Value);
    }

    /// <summary>All peers are sent all shares of the update, as in Resilia.</summary>
    public sealed class SharesInClear(RefreshScene scene) : SimulatedPeers(scene)
    {
        public override RefreshDeal Deal(int index, IReadOnlyList<EphemeralKey> keys, MobileAdversary adversary)
        {
            var deal = base.Deal(index, keys, adversary);
            Scene.Kept[index - 1].Dealt!.Updates.ToList().ForEach(update => adversary.Hear(deal.Digest, update));
            return deal;
        }
    }

    /// <summary>A peer has one key for ever.</summary>
    public sealed class KeysThatStay(RefreshScene scene) : SimulatedPeers(scene)
    {
        public override void Finish(int index, RefreshTranscript transcript, RefreshCertificate certificate)
        {
            var key = Scene.Kept[index - 1].Key;
            base.Finish(index, transcript, certificate);
            Scene.Kept[index - 1] = Scene.Kept[index - 1] with { Key = key };
        }

        public override PeerShares EndRepair(PeerShares kept) => kept;
    }
}
