using FairShare.Backup.Records;
using FairShare.Core.Errors;
using FairShare.Core.Keys;

namespace FairShare.Functions.Peer;

/// <summary>The seals of a manifest's peers. The manifest has their thumbprints; whoever carries messages says the keys.</summary>
internal static class PeerSeals
{
    /// <summary>The keys that the manifest knows, by index; null for one that was not said, or is another.</summary>
    public static IReadOnlyList<PublicKey?> Of(BackupManifest manifest, IReadOnlyList<string> peers) =>
        [.. manifest.Peers.Zip(peers, (peer, jwk) => TryRead(jwk) is { } key && key.Thumbprint == peer ? key : null)];

    private static PublicKey? TryRead(string jwk)
    {
        try
        {
            return jwk.Length == 0 ? null : PublicKey.FromJwk(jwk);
        }
        catch (ProtocolException)
        {
            return null;
        }
    }
}
