using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Parties;

/// <summary>Lists the public keys that a party ever registered, retired ones included; any party may ask.</summary>
internal sealed class ListPartyKeys(FunctionServices services) : IRouteHandler<PartyId, None, KeyPage>
{
    public async Task<Answer<KeyPage>> HandleAsync(ApiCall<PartyId, None> call, CancellationToken cancellationToken)
    {
        var wanted = call.ReadPage();
        var records = await services.Keys.ListAsync(call.Subject, cancellationToken);
        var page = WholeLists.Cut(records, wanted, record => $"{Timestamp.Format(record.Key.NotBefore)} {record.Key.KeyId}");
        return new KeyPage([.. page.Entries.Select(record => record.ToPublicView())], page.Cursor);
    }
}
