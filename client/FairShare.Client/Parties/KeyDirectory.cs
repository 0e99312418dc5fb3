using System.Collections.Concurrent;
using System.Text.Json;
using FairShare.Client.Evidence;
using FairShare.Client.Files;
using FairShare.Client.Http;
using FairShare.Contracts;
using FairShare.Contracts.Parties;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Client.Parties;

/// <summary>
/// Public keys of the document store and of parties; what was once learnt is kept in a folder, and asked for again when a key is missing.
/// </summary>
public sealed class KeyDirectory
{
    private readonly FairShareApi api;
    private readonly string? folder;
    private readonly ConcurrentDictionary<KeyId, KeyView> known = new();

    /// <summary>Starts with the keys that the service publishes.</summary>
    /// <param name="api">The service.</param>
    /// <param name="service">Its discovery document.</param>
    /// <param name="folder">Where to keep the keys of parties; null keeps them in memory only.</param>
    public KeyDirectory(FairShareApi api, ServiceDescription service, string? folder)
    {
        (this.api, this.folder) = (api, folder);
        Store = PartyId.Parse(service.Ttp);
        Take(service.Keys.Select(key => new KeyView(key.Kid, service.Ttp, KeyHolder.Kms.Name(), key.Jwk, key.NotBefore, key.NotAfter)));
    }

    /// <summary>The document store.</summary>
    public PartyId Store { get; }

    /// <summary>A key that is known already, or null.</summary>
    public PartyKey? Find(KeyId id) => known.TryGetValue(id, out var view) ? view.ToPartyKey() : null;

    /// <summary>Makes sure that a party's key is known, if the party has it.</summary>
    public async Task EnsureAsync(PartyId party, KeyId id, CancellationToken cancellationToken)
    {
        if (known.ContainsKey(id))
        {
            return;
        }

        Take(ReadCache(party));
        if (!known.ContainsKey(id))
        {
            await RefreshAsync(party, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks the service for a party's keys.</summary>
    /// <returns>Their ids, those of retired ones included.</returns>
    public async Task<IReadOnlyList<KeyId>> RefreshAsync(PartyId party, CancellationToken cancellationToken)
    {
        var list = new KeyList(await PartyKeyList.ReadAsync(api, party, cancellationToken).ConfigureAwait(false));
        if (folder is not null)
        {
            PrivateFile.Write(PathOf(party), JsonSerializer.SerializeToUtf8Bytes(list, ContractJson.Strict.TypeOf<KeyList>()));
        }

        List<KeyView> own = [.. list.Keys.Where(key => key.Party == party.ToString())];
        Take(own);
        return [.. own.Select(key => KeyId.Parse(key.Kid))];
    }

    /// <summary>
    /// The entries of <c>keys.json</c> for these keys, and for those with which the store certified them; those unknown are left out.
    /// </summary>
    public IReadOnlyList<KeyView> Describe(IEnumerable<KeyId> ids)
    {
        List<KeyView> wanted = [.. Find(ids)];
        return [.. wanted.Concat(Find(wanted.SelectMany(KeyViews.SealingKeys))).DistinctBy(key => key.Kid)];
    }

    private IEnumerable<KeyView> Find(IEnumerable<KeyId> ids) => ids.Distinct().Where(known.ContainsKey).Select(id => known[id]);

    private void Take(IEnumerable<KeyView> views)
    {
        foreach (var view in views)
        {
            known[Check(view)] = view;
        }
    }

    private static KeyId Check(KeyView view)
    {
        try
        {
            return view.ToPartyKey().KeyId;
        }
        catch (ProtocolException fault)
        {
            throw new EvidenceProblem(
                fault.Code,
                $"The service gave a key of {view.Party} that is none: {fault.Message}",
                view.Jwk.GetRawText()
            );
        }
    }

    private IReadOnlyList<KeyView> ReadCache(PartyId party)
    {
        try
        {
            return folder is not null && File.Exists(PathOf(party))
                ?
                [
                    .. (JsonSerializer.Deserialize(JsonFile.Read(PathOf(party)), ContractJson.Lenient.TypeOf<KeyList>())?.Keys ?? []).Where(
                        key => key.Party == party.ToString()
                    ),
                ]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private string PathOf(PartyId party) => Path.Combine(folder!, $"{party}.json");
}
