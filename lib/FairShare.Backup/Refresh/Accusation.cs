using FairShare.Core.Digests;

namespace FairShare.Backup.Refresh;

/// <summary>A peer says that its share of a dealer's update does not open, or is not what the dealer committed to.</summary>
/// <param name="Accuser">The index of the peer that says it.</param>
/// <param name="Dealer">The index of the peer that dealt.</param>
/// <param name="Deal">The digest of the deal.</param>
public sealed record Accusation(int Accuser, int Dealer, Sha256Digest Deal);
