using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Parties;

/// <summary>Lets nobody look a party up any more. It is not counted, so that nobody is kept in view by a limit.</summary>
internal sealed class RefuseLookup(FunctionServices services) : IRouteHandler<None, None, LookupSetting>
{
    public async Task<Answer<LookupSetting>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken)
    {
        await services.Lookups.RefuseAsync(call.Party, cancellationToken);
        return new LookupSetting(false);
    }
}
