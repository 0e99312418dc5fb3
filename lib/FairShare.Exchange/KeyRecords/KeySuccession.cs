using System.Text.Json;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Exchange.KeyRecords;

/// <summary>What the store uses a key of its own for.</summary>
public enum StoreKeyUse
{
    /// <summary><c>seal</c>: it seals evidence.</summary>
    Seal,

    /// <summary><c>log</c>: it signs the log's checkpoints.</summary>
    Log,

    /// <summary><c>stamps</c>: it gives time stamps.</summary>
    Stamps,
}

/// <summary>
/// That a key of the store follows another. Of a seal there are two, with one payload: the former key signs it, so that whoever knows that
/// key believes the new one, and the new key signs it, so that whoever knows the new one believes what the former sealed. Of a key of the
/// log or of the stamps there is one, by the seal.
/// </summary>
public sealed record KeySuccession : KeyRecord
{
    /// <summary>The header's <c>typ</c>.</summary>
    public const string Type = "KeySuccession";

    /// <inheritdoc/>
    public override string TypeName => Type;

    /// <summary><c>use</c>: what both keys are for.</summary>
    public required StoreKeyUse Use { get; init; }

    /// <summary><c>prior</c>: the RFC 7638 thumbprint of the key that is followed.</summary>
    public required KeyId Prior { get; init; }

    /// <summary><c>ends</c>: the first instant at which the former key no longer signs; after <see cref="KeyRecord.Gen"/>.</summary>
    public required DateTimeOffset Ends
    {
        get;
        init => field = Timestamp.Truncate(value);
    }

    /// <summary>Reads <c>seal</c>, <c>log</c> or <c>stamps</c>.</summary>
    /// <exception cref="ProtocolException"><c>unknown-key-use</c>.</exception>
    public static StoreKeyUse ParseUse(string name) =>
        name switch
        {
            "seal" => StoreKeyUse.Seal,
            "log" => StoreKeyUse.Log,
            "stamps" => StoreKeyUse.Stamps,
            _ => throw new ProtocolException("unknown-key-use", "A key of the store is for seal, log or stamps."),
        };

    private protected override void WriteOwn(Utf8JsonWriter json)
    {
        json.WriteString("use", NameOf(Use));
        json.WriteString("prior", Prior.ToString());
        json.WriteString("ends", Timestamp.Format(Ends));
    }

    private static string NameOf(StoreKeyUse use) =>
        use switch
        {
            StoreKeyUse.Seal => "seal",
            StoreKeyUse.Log => "log",
            _ => "stamps",
        };
}
