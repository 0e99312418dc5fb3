using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Parties;

/// <summary>
/// Lets a party be looked up by the address that the user pool has verified for it. A repeat changes nothing, or takes a changed address.
/// </summary>
internal sealed class AllowLookup(FunctionServices services) : IRouteHandler<None, None, LookupSetting>
{
    public async Task<Answer<LookupSetting>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken)
    {
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        var address = await services.RequireAddressAsync(call, cancellationToken);
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        return await services.Lookups.TryAllowAsync(call.Party, address, now, cancellationToken)
            ? new LookupSetting(true, address.ToString())
            : throw CommonProblems.Busy.With("Another call about this address was faster; repeat the request.");
    }
}
