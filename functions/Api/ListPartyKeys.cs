using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Api;

internal sealed record KeysAnswer(IReadOnlyList<KeyView> Keys);

/// <summary>Lists the public keys that a party ever registered, retired ones included; any party may ask.</summary>
internal sealed class ListPartyKeys(FunctionServices services) : IApiHandler
{
    public async Task<ApiAnswer> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var records = await services.Keys.ListAsync(call.PartyId, cancellationToken);
        return ApiAnswer.Ok(new KeysAnswer([.. records.Select(record => KeyView.Of(record.Key))]), ApiJson.Default.KeysAnswer);
    }
}
