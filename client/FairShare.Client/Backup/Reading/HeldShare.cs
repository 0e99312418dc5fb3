using FairShare.Backup.Records;
using FairShare.Backup.Sharing;
using FairShare.Client.Backup.Peers;
using FairShare.Contracts.Backup;

namespace FairShare.Client.Backup.Reading;

/// <summary>What one peer has of a backup.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Answer">What it answered.</param>
/// <param name="Manifest">The manifest that it has.</param>
/// <param name="Commitments">The commitments of its epoch.</param>
/// <param name="Share">Its key share; null where none was asked for, or it has none that opens.</param>
/// <param name="Next">The key shares of the next epoch that it holds besides. It has not signed them; their commitments tell.</param>
public sealed record HeldShare(
    PeerConnection Peer,
    ShareReleaseAnswer Answer,
    BackupRecord Manifest,
    Commitments Commitments,
    SecretShare? Share,
    IReadOnlyList<(Commitments Commitments, SecretShare Share)> Next
);
