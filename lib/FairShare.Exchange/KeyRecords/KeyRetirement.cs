using System.Text.Json;
using FairShare.Core.Identifiers;

namespace FairShare.Exchange.KeyRecords;

/// <summary>That a key's owner has disowned it from an instant on; a record of its own, because the certificate is never changed.</summary>
public sealed record KeyRetirement : KeyRecord
{
    /// <summary>The header's <c>typ</c>.</summary>
    public const string Type = "KeyRetirement";

    /// <inheritdoc/>
    public override string TypeName => Type;

    /// <summary><c>retiredAt</c>: the first instant at which it may no longer sign.</summary>
    public required DateTimeOffset RetiredAt { get; init; }

    private protected override void WriteOwn(Utf8JsonWriter json) => json.WriteString("retiredAt", Timestamp.Format(RetiredAt));
}
