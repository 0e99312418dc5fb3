using FairShare.Contracts.Vault;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Vault.Derivation;
using FairShare.Vault.Tokens;

namespace FairShare.Functions.Vault;

/// <summary>
/// A recipient has what it wanted. The answer is the same whether or not there is such a ticket or item; what follows, the stream of the
/// table brings about.
/// </summary>
internal sealed class CloseVaultTicket(FunctionServices services) : IRouteHandler<VaultItemId, VaultDoneRequest, VaultDoneAnswer>
{
    public async Task<Answer<VaultDoneAnswer>> HandleAsync(ApiCall<VaultItemId, VaultDoneRequest> call, CancellationToken cancellationToken)
    {
        await services.VaultOpens.CloseAsync(call.Subject, VaultTicket.Parse(call.Request.Ticket), cancellationToken);
        return new VaultDoneAnswer(call.Subject.ToString());
    }
}
