using FairShare.Aws.Table;
using FairShare.Contracts.Http;
using FairShare.Contracts.Vault;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Vault.Derivation;
using FairShare.Vault.Items;

namespace FairShare.Functions.Vault;

/// <summary>Ends an item. Nobody is given it from then on; the stream of the table has its object erased within seconds.</summary>
internal sealed class DeleteVaultItem(FunctionServices services) : IRouteHandler<VaultItemId, None, VaultItemView>
{
    private const int Attempts = 5;

    public async Task<Answer<VaultItemView>> HandleAsync(ApiCall<VaultItemId, None> call, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var record = await services.RequireOwnedAsync(call, cancellationToken);
            var now = services.Now();
            if (record.Item.IsEnded)
            {
                return VaultViews.Of(record, now);
            }

            await services.VaultErasures.TryEndNowAsync(record, record.Item.At(now).End(ItemPhase.Deleted).Phase, now, cancellationToken);
        }

        throw new ContentionException(new InvalidOperationException("The item changed too often meanwhile."));
    }
}
