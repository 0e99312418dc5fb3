using System.Text.Json;
using FairShare.Contracts;
using FairShare.Contracts.Parties;
using FairShare.Core.Errors;
using FairShare.Core.Keys;

namespace FairShare.Client.Bundles;

/// <summary>The public keys of a bundle: a list as any <c>keys.json</c>, written in one way only.</summary>
internal static class BundledKeys
{
    /// <summary>Writes the keys, by their thumbprints.</summary>
    public static byte[] Write(IEnumerable<PartyKey> keys)
    {
        var views = keys.OrderBy(key => key.KeyId.ToString(), StringComparer.Ordinal).Select(KeyViews.ToView).ToList();
        return JsonSerializer.SerializeToUtf8Bytes(new KeyList(views), ContractJson.Strict.TypeOf<KeyList>());
    }

    /// <summary>Reads the keys.</summary>
    /// <returns>The keys; null when the text is not what <see cref="Write"/> writes.</returns>
    public static IReadOnlyList<PartyKey>? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            var list = JsonSerializer.Deserialize(text, ContractJson.Strict.TypeOf<KeyList>());
            List<PartyKey> keys = [.. (list?.Keys ?? []).Select(key => key?.ToPartyKey()).OfType<PartyKey>()];
            return keys.DistinctBy(key => key.KeyId).Count() == keys.Count && text.SequenceEqual(Write(keys)) ? keys : null;
        }
        catch (Exception fault) when (fault is JsonException or ProtocolException or InvalidOperationException)
        {
            return null;
        }
    }
}
