using FairShare.Aws.Vault;
using FairShare.Contracts.Http;
using FairShare.Contracts.Vault;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Vault;

/// <summary>What a party's items take up.</summary>
internal sealed class GetVaultQuota(FunctionServices services) : IRouteHandler<None, None, VaultQuota>
{
    public async Task<Answer<VaultQuota>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken)
    {
        var used = await services.Vault.UsageAsync(call.Party, cancellationToken);
        var limits = VaultLimits.Default.Times(call.LimitFactor);
        return new VaultQuota(used.Bytes, used.Items, limits.Bytes, limits.Items);
    }
}
