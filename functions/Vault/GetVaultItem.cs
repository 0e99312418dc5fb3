using FairShare.Contracts.Http;
using FairShare.Contracts.Vault;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Vault.Derivation;

namespace FairShare.Functions.Vault;

/// <summary>Where an item stands, for its owner.</summary>
internal sealed class GetVaultItem(FunctionServices services) : IRouteHandler<VaultItemId, None, VaultItemView>
{
    public async Task<Answer<VaultItemView>> HandleAsync(ApiCall<VaultItemId, None> call, CancellationToken cancellationToken) =>
        VaultViews.Of(await services.RequireOwnedAsync(call, cancellationToken), services.Now());
}
