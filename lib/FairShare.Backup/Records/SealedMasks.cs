using FairShare.Backup.Repair;

namespace FairShare.Backup.Records;

/// <summary>What a helper dealt to all helpers.</summary>
/// <param name="Helper">The helper's index.</param>
/// <param name="Commitments">What the masks are checked against.</param>
/// <param name="Texts">The masks, each sealed for the helper of that index.</param>
public sealed record SealedMasks(int Helper, MaskCommitments Commitments, IReadOnlyDictionary<int, byte[]> Texts);
