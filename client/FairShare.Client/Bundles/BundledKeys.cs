using System.Text.Json;
using FairShare.Contracts;
using FairShare.Contracts.Parties;
using FairShare.Core.Errors;

namespace FairShare.Client.Bundles;

/// <summary>The public keys of a bundle: a list as any <c>keys.json</c>, written in one way only.</summary>
internal static class BundledKeys
{
    /// <summary>Writes the keys, by their thumbprints.</summary>
    public static byte[] Write(IEnumerable<KeyView> keys)
    {
        var views = keys.OrderBy(key => key.Kid, StringComparer.Ordinal).Select(InForm).ToList();
        return JsonSerializer.SerializeToUtf8Bytes(new KeyList(views), ContractJson.Strict.TypeOf<KeyList>());
    }

    /// <summary>Reads the keys.</summary>
    /// <returns>The keys; null when the text is not what <see cref="Write"/> writes.</returns>
    public static IReadOnlyList<KeyView>? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            var list = JsonSerializer.Deserialize(text, ContractJson.Strict.TypeOf<KeyList>());
            List<KeyView> keys = [.. (list?.Keys ?? []).OfType<KeyView>()];
            return keys.DistinctBy(key => key.Kid).Count() == keys.Count && text.SequenceEqual(Write(keys)) ? keys : null;
        }
        catch (Exception fault) when (fault is JsonException or ProtocolException or InvalidOperationException)
        {
            return null;
        }
    }

    // Records of keys are JWS: nothing in them is escaped in JSON.
    private static KeyView InForm(KeyView view) =>
        view.ToPartyKey().ToView() with
        {
            Certificate = Plain(view.Certificate),
            Retirement = Plain(view.Retirement),
        };

    private static string? Plain(string? text) =>
        text is null || text.All(symbol => char.IsAsciiLetterOrDigit(symbol) || symbol is '.' or '_' or '-')
            ? text
            : throw new JsonException("A record of a key is no JWS.");
}
