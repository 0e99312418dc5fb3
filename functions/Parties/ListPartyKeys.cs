using FairShare.Contracts;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Parties;

/// <summary>Lists the public keys that a party ever registered, retired ones included; any party may ask.</summary>
internal sealed class ListPartyKeys(FunctionServices services) : IApiHandler
{
    public async Task<ApiAnswer> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var records = await services.Keys.ListAsync(call.PartyId, cancellationToken);
        return ApiAnswer.Ok(new KeyList([.. records.Select(record => record.Key.ToView())]), ApiJson.Default.KeyList);
    }
}
