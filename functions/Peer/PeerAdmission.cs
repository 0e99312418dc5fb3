using FairShare.Backup.Records;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Peer;

/// <summary>
/// For whom a peer keeps backups: those that its settings name, and the members of its group by the latest roster that the peer has seen.
/// </summary>
internal static class PeerAdmission
{
    /// <summary>Whether it keeps backups for a key.</summary>
    /// <param name="services">The peer's parts.</param>
    /// <param name="owner">The key.</param>
    /// <param name="roster">The roster that its owner shows; null for none.</param>
    /// <param name="keepsRoster">Whether that roster is kept where it is the later one.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public static async Task<bool> AdmitsAsync(
        FunctionServices services,
        KeyId owner,
        string? roster,
        bool keepsRoster,
        CancellationToken cancellationToken
    )
    {
        var settings = services.Settings;
        if (settings.PeerOwners.Contains("*") || settings.PeerOwners.Contains(owner.ToString()))
        {
            return true;
        }

        if (settings.PeerGroup is not { } jwk)
        {
            return false;
        }

        var group = PublicKey.FromJwk(jwk);
        var shown = PeerRosters.TryRead(roster, group);
        var standing =
            shown is not null && keepsRoster
                ? await PeerRosters.TakeAsync(services, group, shown, cancellationToken)
                : await PeerRosters.FindAsync(services, group, shown, cancellationToken);
        return standing is not null && GroupRoster.Read(standing).Has(owner);
    }
}
