using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Contracts;
using FairShare.Core.Identifiers;
using FairShare.Vault.Derivation;
using FairShare.Vault.Tokens;

namespace FairShare.Client.Vault.Items;

/// <summary>On which terms an item is announced; kept with the upload's state, so that it is announced the same again.</summary>
/// <param name="Owner">The owner's secret.</param>
/// <param name="Verifier">What recognises an opener.</param>
/// <param name="LengthBound">More bytes than the object will have.</param>
/// <param name="LifeSeconds">How long it lives.</param>
/// <param name="IsAnonymous">Whether it is stored without an account.</param>
/// <param name="MaxOpens">How often it may be opened; null for as often as somebody asks.</param>
internal sealed record PutTerms(string Owner, string Verifier, long LengthBound, long LifeSeconds, bool IsAnonymous, int? MaxOpens = null)
{
    /// <summary>Terms of an order, under a new owner's secret.</summary>
    public static PutTerms New(VaultPutOrder order, VaultKeys keys, IRandomness randomness) =>
        new(
            VaultOwner.New(randomness).ToString(),
            keys.Verifier.ToString(),
            order.LengthBound,
            (long)order.Life.TotalSeconds,
            order.IsAnonymous,
            order.MaxOpens
        );

    /// <summary>Reads what <see cref="ToNote"/> wrote.</summary>
    public static PutTerms FromNote(byte[] note) => JsonSerializer.Deserialize(note, PutJson.Lenient.TypeOf<PutTerms>())!;

    /// <summary>The terms as the upload's state keeps them.</summary>
    public byte[] ToNote() => JsonSerializer.SerializeToUtf8Bytes(this, PutJson.Lenient.TypeOf<PutTerms>());

    /// <summary>Whether an order asks for these terms.</summary>
    public bool Fit(VaultPutOrder order) =>
        (LifeSeconds, MaxOpens, IsAnonymous, LengthBound)
        == ((long)order.Life.TotalSeconds, order.MaxOpens, order.IsAnonymous, order.LengthBound);
}

/// <summary>The JSON of terms.</summary>
[JsonSerializable(typeof(PutTerms))]
internal sealed partial class PutJson : JsonSerializerContext
{
    /// <summary>As every client reads and writes.</summary>
    public static JsonSerializerOptions Lenient { get; } = ContractJson.LenientOf(new PutJson());
}
