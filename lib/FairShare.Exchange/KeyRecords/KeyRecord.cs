using System.Text.Json;
using FairShare.Core.Identifiers;

namespace FairShare.Exchange.KeyRecords;

/// <summary>
/// What the store states of a party's key. No evidence has such a type in its header, so that none can pass for the other.
/// </summary>
public abstract record KeyRecord
{
    /// <summary>The version of the format (<c>ver</c>).</summary>
    public const int FormatVersion = 1;

    private protected KeyRecord() { }

    /// <summary>The header's <c>typ</c>.</summary>
    public abstract string TypeName { get; }

    /// <summary><c>id</c>: 128 random bits.</summary>
    public required EvidenceId Id { get; init; }

    /// <summary><c>ttp</c>: the store.</summary>
    public required PartyId Store { get; init; }

    /// <summary><c>party</c>: whose key it is.</summary>
    public required PartyId Party { get; init; }

    /// <summary><c>key</c>: the thumbprint of the key.</summary>
    public required KeyId Key { get; init; }

    /// <summary><c>gen</c>: when it was sealed, to the millisecond.</summary>
    public required DateTimeOffset Gen
    {
        get;
        init => field = Timestamp.Truncate(value);
    }

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteNumber("ver", FormatVersion);
        json.WriteString("id", Id.ToString());
        json.WriteString("ttp", Store.ToString());
        json.WriteString("party", Party.ToString());
        json.WriteString("key", Key.ToString());
        WriteOwn(json);
        json.WriteString("gen", Timestamp.Format(Gen));
    }

    private protected abstract void WriteOwn(Utf8JsonWriter json);
}
