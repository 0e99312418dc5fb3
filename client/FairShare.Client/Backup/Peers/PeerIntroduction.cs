using FairShare.Backup.Curve;
using FairShare.Client.Http;
using FairShare.Contracts.Backup;
using FairShare.Core.Encoding;
using FairShare.Core.Keys;

namespace FairShare.Client.Backup.Peers;

/// <summary>Gets to know a peer: from then on it must be who it said it was.</summary>
public static class PeerIntroduction
{
    /// <summary>Asks a peer who it is.</summary>
    /// <param name="name">What its user calls it.</param>
    /// <param name="api">Its API.</param>
    /// <param name="roster">The roster of a group by which it admits its user; null for none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.BadAnswer"/>: it is no peer.</exception>
    /// <exception cref="Core.Errors.ProtocolException">Its key is malformed.</exception>
    public static async Task<KnownPeer> MeetAsync(string name, FairShareApi api, string? roster, CancellationToken cancellationToken)
    {
        var description = await api.CallAsync(PeerRoutes.DescribePeer, cancellationToken).ConfigureAwait(false);
        var isPeer =
            PublicKey.FromJwk(description.Key).Thumbprint.ToString() == description.Kid
            && Base64UrlText.TryDecode(description.Agreement, out var point)
            && CurvePoint.TryRead(point) is not null;
        return isPeer
            ? new KnownPeer(
                name,
                api.Address.TrimEnd('/'),
                description.Key,
                description.Agreement,
                description.Domain,
                description.Operator,
                roster,
                description.Group
            )
            : throw new BackupProblem(BackupProblem.BadAnswer, $"{name} does not describe itself as a peer does.");
    }
}
