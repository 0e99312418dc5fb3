using FairShare.Aws.Vault;
using FairShare.Contracts.Http;
using FairShare.Contracts.Vault;
using FairShare.Core.Errors;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Vault;

/// <summary>Somebody without an account announces an item, or stores a small one, where the deployment allows it.</summary>
internal sealed class CreateAnonymousVaultItem(FunctionServices services) : IRouteHandler<None, VaultItemRequest, VaultItemGrant>
{
    public async Task<Answer<VaultItemGrant>> HandleAsync(ApiCall<None, VaultItemRequest> call, CancellationToken cancellationToken)
    {
        if (!services.Settings.HasAnonymousVault)
        {
            throw VaultProblems.AccountsOnly.With("This deployment stores items of signed-in parties only; sign in.");
        }

        if (call.Request.Size > VaultLimits.LargestAnonymous)
        {
            throw new ProtocolException(
                "invalid-vault-size",
                $"Without an account an item has at most {VaultLimits.LargestAnonymous} bytes."
            );
        }

        if (VaultCreation.Life(call.Request.ExpiresSeconds) > VaultLimits.LongestAnonymous)
        {
            throw new ProtocolException(
                "invalid-vault-limits",
                $"Without an account an item lives at most {VaultLimits.LongestAnonymous.TotalDays} days."
            );
        }

        return await new VaultCreation(services, party: null, VaultLimits.AnonymousDay).CreateAsync(call.Request, cancellationToken);
    }
}
