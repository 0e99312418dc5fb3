using FairShare.Contracts.Http;
using FairShare.Contracts.Vault;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Vault;

/// <summary>The items that a party stored, newest first.</summary>
internal sealed class ListVaultItems(FunctionServices services) : IRouteHandler<None, None, VaultItemPage>
{
    public async Task<Answer<VaultItemPage>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken)
    {
        var page = await services.Vault.ListAsync(call.Party, call.ReadPage(), cancellationToken);
        return new VaultItemPage([.. page.Entries.Select(record => VaultViews.Of(record, services.Now()))], page.Cursor);
    }
}
