using System.Text.Json.Serialization;

namespace FairShare.Functions.Notices;

/// <summary>A message of the queue of notices: the envelope of a party's own queue, or one of two kinds that only notices have.</summary>
/// <param name="ProtocolStep">7 or a: an exchange has ended; <c>document</c>: one waits; <c>code</c>: to confirm an address.</param>
/// <param name="UserId">For whom it is.</param>
/// <param name="Message">What it is about.</param>
internal sealed record NoticeEvent(string ProtocolStep, string UserId, NoticeSubject Message)
{
    public const string Document = "document";
    public const string Code = "code";
}

/// <param name="FileId">The document that waits.</param>
/// <param name="ExchangeId">The exchange that has ended.</param>
/// <param name="Code">The code to mail.</param>
internal sealed record NoticeSubject(string? FileId = null, string? ExchangeId = null, string? Code = null);

/// <summary>The JSON of notices.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(NoticeEvent))]
internal sealed partial class NoticeJson : JsonSerializerContext;
