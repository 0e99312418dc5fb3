using FairShare.Backup.Refresh;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>What peers that do not lie do in a simulation: what the rules say. A mutant does one thing otherwise.</summary>
internal class SimulatedPeers(RefreshScene scene)
{
    protected RefreshScene Scene => scene;

    public virtual RefreshDeal Deal(int index, IReadOnlyList<EphemeralKey> keys, MobileAdversary adversary) => scene.Deal(index, keys);

    public virtual RefreshPrepared Prepare(int index, RefreshTranscript transcript) => scene.Prepare(index, transcript);

    public virtual bool Certifies(RefreshCertificate certificate, RefreshTranscript transcript, uint epoch) =>
        certificate.Certifies(transcript, new RefreshContext(scene.Backup, epoch), scene.Parameters);

    public virtual void Finish(int index, RefreshTranscript transcript, RefreshCertificate certificate) =>
        scene.Finish(index, transcript, certificate);

    /// <summary>What a peer keeps after it has helped, or was helped; a key that a refresh needs stays.</summary>
    public virtual PeerShares EndRepair(PeerShares kept) => kept with { Key = kept.Deal is null ? null : kept.Key };
}
