using FairShare.Core.Digests;

namespace FairShare.Backup.Refresh;

/// <summary>That a quorum of peers holds the new shares: who sees it erases the old one.</summary>
/// <param name="Prepared">What the peers said; each statement's signature is verified before it comes here.</param>
public sealed record RefreshCertificate(IReadOnlyList<RefreshPrepared> Prepared)
{
    /// <summary>Whether it certifies a transcript: a quorum of different peers prepared just that one.</summary>
    public bool Certifies(RefreshTranscript transcript, RefreshContext context, RefreshParameters parameters)
    {
        var digest = transcript.DigestIn(context);
        var peers = Prepared.Where(one => one.Transcript == digest).Select(one => one.Peer).Distinct();
        return peers.Count(peer => peer >= 1 && peer <= parameters.Total) >= parameters.Quorum;
    }

    /// <summary>Whether a peer is among those that prepared a transcript.</summary>
    public bool Names(int peer, Sha256Digest transcript) => Prepared.Any(one => one.Peer == peer && one.Transcript == transcript);
}
