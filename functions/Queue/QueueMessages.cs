using System.Text.Json.Serialization;
using FairShare.Functions.Api;

namespace FairShare.Functions.Queue;

/// <summary>Message of step 1. The seed has only <c>fileId</c>, which the store gives.</summary>
internal sealed record UploadMessage(string Name, string MediaType, long Size, DigestBody Digest, IReadOnlyList<string> Audience)
{
    public string? Disclose { get; init; }
}

/// <summary>Message of step 3.</summary>
internal sealed record OriginMessage(string FileId, string FilePath, string Nonce, string Signature);

/// <summary>Message of step 4.</summary>
internal sealed record DownloadMessage(string FileId)
{
    public int? DeadlineSeconds { get; init; }
}

/// <summary>Message of step 6.</summary>
internal sealed record ReceiptMessage(string ExchangeId, string Nonce, string Signature);

/// <summary>Message of step a.</summary>
internal sealed record AbortMessage(string FileId);

/// <summary>Message of the binding of a sender.</summary>
internal sealed record BindMessage(string Nonce);

/// <summary>The messages' JSON: camel case, nothing unknown, nothing missing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ProtocolEnvelope))]
[JsonSerializable(typeof(UploadMessage))]
[JsonSerializable(typeof(OriginMessage))]
[JsonSerializable(typeof(DownloadMessage))]
[JsonSerializable(typeof(ReceiptMessage))]
[JsonSerializable(typeof(AbortMessage))]
[JsonSerializable(typeof(BindMessage))]
internal sealed partial class QueueJson : JsonSerializerContext;
