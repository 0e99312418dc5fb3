using FairShare.Aws.Vault;
using FairShare.Contracts.Http;
using FairShare.Contracts.Vault;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Vault;

/// <summary>A party announces an item, or stores a small one.</summary>
internal sealed class CreateVaultItem(FunctionServices services) : IRouteHandler<None, VaultItemRequest, VaultItemGrant>
{
    public async Task<Answer<VaultItemGrant>> HandleAsync(ApiCall<None, VaultItemRequest> call, CancellationToken cancellationToken) =>
        await new VaultCreation(services, call.Party, VaultLimits.Default.Times(call.LimitFactor)).CreateAsync(
            call.Request,
            cancellationToken
        );
}
