using FairShare.Core.Digests;

namespace FairShare.Backup.Refresh;

/// <summary>A peer says that it holds its new share beside the old one. It says so of one transcript an attempt.</summary>
/// <param name="Peer">Its index.</param>
/// <param name="Transcript">The transcript's digest, which has the epoch in it.</param>
public sealed record RefreshPrepared(int Peer, Sha256Digest Transcript);
