using FairShare.Client.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Parties;

/// <summary>Every key that a party ever registered, from all pages.</summary>
public static class PartyKeyList
{
    /// <summary>Reads them, newest first.</summary>
    /// <param name="api">The service.</param>
    /// <param name="party">Whose keys.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<KeyView>> ReadAsync(FairShareApi api, PartyId party, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(api);
        List<KeyView> keys = [];
        string? cursor = null;
        do
        {
            var page = await api.CallAsync(PartyRoutes.ListPartyKeys, party, [("cursor", cursor)], cancellationToken).ConfigureAwait(false);
            keys.AddRange(page.Keys);
            cursor = page.Cursor;
        } while (cursor is not null);
        return keys;
    }
}
