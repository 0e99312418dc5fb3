using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Parties;

/// <summary>Lists the public keys that a party ever registered, retired ones included; any party may ask.</summary>
internal sealed class ListPartyKeys(FunctionServices services) : IRouteHandler<PartyId, None, KeyList>
{
    public async Task<Answer<KeyList>> HandleAsync(ApiCall<PartyId, None> call, CancellationToken cancellationToken)
    {
        var records = await services.Keys.ListAsync(call.Subject, cancellationToken);
        return new KeyList([.. records.Select(record => record.ToPublicView())]);
    }
}
