using FairShare.Contracts.Vault;
using FairShare.Core.Digests;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Vault.Derivation;

namespace FairShare.Functions.Vault;

/// <summary>Gives an item another owner's secret: the party that stored it has lost the one before, or somebody else has it.</summary>
internal sealed class ClaimVaultItem(FunctionServices services) : IRouteHandler<VaultItemId, VaultOwnerRequest, VaultItemView>
{
    public async Task<Answer<VaultItemView>> HandleAsync(ApiCall<VaultItemId, VaultOwnerRequest> call, CancellationToken cancellationToken)
    {
        var tag = Sha256Digest.Parse(call.Request.OwnerTag);
        return await services.Vault.ClaimAsync(call.Subject, call.Party, tag, cancellationToken) is { } record
            ? VaultViews.Of(record, services.Now())
            : throw VaultAccess.NotFound();
    }
}
