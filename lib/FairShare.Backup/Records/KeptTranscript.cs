using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Core.Digests;

namespace FairShare.Backup.Records;

/// <summary>What is kept of a prepared share beside its secret numbers.</summary>
/// <param name="Transcript">The digest of its transcript.</param>
/// <param name="Commitments">What the shares of it are checked against.</param>
/// <param name="Attempt">The attempt in which it was prepared.</param>
public sealed record KeptTranscript(Sha256Digest Transcript, Commitments Commitments, uint Attempt)
{
    /// <summary>The prepared share without its secret numbers.</summary>
    public static KeptTranscript Of(PreparedShare prepared) => new(prepared.Transcript, prepared.Commitments, prepared.Attempt);

    /// <summary>The prepared share.</summary>
    public PreparedShare With(SecretShare share) => new(Transcript, Commitments, share, Attempt);
}
