using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Core.Encoding;
using FairShare.Core.Keys;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Tells who the peer is. The first call makes its agreement key.</summary>
internal sealed class DescribePeer(FunctionServices services) : IRouteHandler<None, None, PeerDescription>
{
    public async Task<Answer<PeerDescription>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken)
    {
        var settings = services.Settings;
        var seal = await services.Peer.Seal.GetKeyAsync(cancellationToken);
        var agreement = await services.Peer.Backups.FindAgreementAsync(cancellationToken) is var (_, publicKey)
            ? publicKey
            : (await services.AgreementKeyAsync(cancellationToken)).PublicKey.ToArray();
        return new PeerDescription(
            "FairShare peer",
            seal.Thumbprint.ToString(),
            seal.ToJwk(),
            Base64UrlText.Encode(agreement),
            settings.PeerDomain,
            settings.PeerOperator,
            settings.PeerRoom,
            await services.Peer.Backups.UsedAsync(cancellationToken),
            settings.PeerGroup is { } group ? PublicKey.FromJwk(group).Thumbprint.ToString() : null
        );
    }
}
