using FairShare.Backup.Sharing;
using FairShare.Core.Digests;

namespace FairShare.Backup.Refresh;

/// <summary>
/// A dealer answers an accusation: it shows the accuser's share of the update to everybody. If it is what the deal committed to, the
/// accuser takes it from here, and has learnt nothing new by a false accusation; if not, the deal counts for nothing.
/// </summary>
/// <param name="Dealer">The index of the peer that dealt.</param>
/// <param name="Deal">The digest of the deal.</param>
/// <param name="Update">The accuser's share of the update.</param>
public sealed record DealOpening(int Dealer, Sha256Digest Deal, SecretShare Update);
