using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Contracts;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Http;

/// <summary>The API's JSON: camel case, nothing unknown, nothing missing, times in UTC with milliseconds.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(ServiceDescription))]
[JsonSerializable(typeof(NonceGrant))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(RetiredKey))]
[JsonSerializable(typeof(SignatureRequest))]
[JsonSerializable(typeof(SignatureAnswer))]
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(UploadGrant))]
[JsonSerializable(typeof(PartsRequest))]
[JsonSerializable(typeof(PartsGrant))]
[JsonSerializable(typeof(OriginRequest))]
[JsonSerializable(typeof(OriginAnswer))]
[JsonSerializable(typeof(DocumentView))]
[JsonSerializable(typeof(DocumentPage))]
[JsonSerializable(typeof(AbortAnswer))]
[JsonSerializable(typeof(ExchangeRequest))]
[JsonSerializable(typeof(ExchangeGrant))]
[JsonSerializable(typeof(ReceiptRequest))]
[JsonSerializable(typeof(ReceiptAnswer))]
[JsonSerializable(typeof(ExchangeView))]
[JsonSerializable(typeof(EvidenceAnswer))]
[JsonSerializable(typeof(DownloadGrant))]
[JsonSerializable(typeof(InboxPage))]
internal sealed partial class ApiJson : JsonSerializerContext;

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
