using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Core.Identifiers;

namespace FairShare.Contracts.Http;

/// <summary>Times as the protocol writes them.</summary>
internal sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Timestamp.TryParse(reader.GetString(), out var time)
            ? time
            : throw new JsonException("Not a time of the form yyyy-MM-ddTHH:mm:ss.fffZ.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Timestamp.Format(value));
}
