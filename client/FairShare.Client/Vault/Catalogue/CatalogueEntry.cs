using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Contracts;
using FairShare.Vault.Codes;
using FairShare.Vault.Derivation;

namespace FairShare.Client.Vault.Catalogue;

/// <summary>A record of the catalogue: the seed's cookie, name, size and date, and what an owner needs besides.</summary>
/// <param name="Code">The item's code.</param>
/// <param name="Owner">The owner's secret.</param>
/// <param name="Service">The service's address.</param>
/// <param name="Name">The path that was stored, or the name that was given instead.</param>
/// <param name="StoredAt">When it was stored, or its upload begun.</param>
/// <param name="Size">Bytes of content; null while it is uploaded.</param>
/// <param name="ExpiresAt">When it ends; null while it is uploaded.</param>
/// <param name="MaxOpens">How often it may be opened; null for as often as somebody asks.</param>
public sealed record CatalogueEntry(
    string Code,
    string Owner,
    string Service,
    string Name,
    DateTimeOffset StoredAt,
    long? Size = null,
    DateTimeOffset? ExpiresAt = null,
    int? MaxOpens = null
)
{
    /// <summary>Whether its content is compressed.</summary>
    public bool IsCompressed { get; init; } = true;

    /// <summary>The code of the item in whose place it comes; null for none.</summary>
    public string? Replaces { get; init; }

    /// <summary>The address that links to it have, where the service told of a web page; null for the service's own.</summary>
    public string? Site { get; init; }

    /// <summary>When the service said that it is not there any more; null where it was not asked, or said otherwise.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>Whether it can be opened; else its upload was begun, and not ended.</summary>
    [JsonIgnore]
    public bool IsStored => ExpiresAt is not null;

    /// <summary>The code, read.</summary>
    [JsonIgnore]
    public VaultCode ParsedCode => VaultCode.Parse(Code);

    /// <summary>The 48 digits.</summary>
    [JsonIgnore]
    public string Cookie => VaultCookie.Write(ParsedCode.Secret);

    /// <summary>The id at the service.</summary>
    [JsonIgnore]
    public VaultItemId Id => SecretDerivation.ItemId(ParsedCode.Secret);

    /// <summary>Never the code: it must not end up in a log.</summary>
    public override string ToString() => "(catalogue entry)";
}

/// <summary>The JSON of records.</summary>
[JsonSerializable(typeof(CatalogueEntry))]
internal sealed partial class CatalogueJson : JsonSerializerContext
{
    /// <summary>As every client reads and writes.</summary>
    public static JsonSerializerOptions Lenient { get; } = ContractJson.LenientOf(new CatalogueJson());
}
