using FairShare.Aws.Vault;
using FairShare.Contracts.Vault;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Vault.Derivation;
using FairShare.Vault.Items;

namespace FairShare.Functions.Vault;

/// <summary>Changes how long an item lives and how often it may be opened, and forgets wrong guesses.</summary>
internal sealed class ChangeVaultLimits(FunctionServices services) : IRouteHandler<VaultItemId, VaultLimitsRequest, VaultItemView>
{
    public async Task<Answer<VaultItemView>> HandleAsync(ApiCall<VaultItemId, VaultLimitsRequest> call, CancellationToken cancellationToken)
    {
        var record = await services.RequireOwnedAsync(call, cancellationToken);
        var now = services.Now();
        if (record.Item.At(now).IsEnded)
        {
            throw VaultAccess.WrongState(record, now);
        }

        var limits = Read(record, call.Request, now);
        var changed = await services.Vault.TryLimitAsync(record, limits, call.Request.Unlock == true, now, cancellationToken);
        var standing = await services.RequireOwnedAsync(call, cancellationToken);
        return changed ? VaultViews.Of(standing, now)
            : standing.Item.At(now).IsEnded ? throw VaultAccess.WrongState(standing, now)
            : throw VaultProblems.WrongState.With($"The item was opened {standing.Item.Opens} times already.");
    }

    private static ItemLimits Read(VaultRecord record, VaultLimitsRequest request, DateTimeOffset now)
    {
        TimeSpan? life = request.ExpiresSeconds is { } seconds ? VaultCreation.Life(seconds) : null;
        var limits = record.Item.Limits.Change(request.MaxOpens, life, now);
        // The object lies where the bucket drops it by the life that it was stored for.
        var longest = record.CreatedAt + (record.IsInline ? ItemLimits.LongestLife : TimeSpan.FromDays(record.StorageDays));
        return limits.ExpiresAt <= longest
            ? limits
            : throw new ProtocolException(
                "invalid-vault-limits",
                $"The item was stored for a life that can be extended until {Timestamp.Format(longest)}."
            );
    }
}
