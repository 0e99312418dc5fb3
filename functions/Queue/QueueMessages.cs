using System.Text.Json;
using System.Text.Json.Serialization;

namespace FairShare.Functions.Queue;

/// <summary>Message of the binding of a sender.</summary>
internal sealed record BindMessage(string Nonce);

/// <summary>The messages' JSON: camel case, nothing unknown, nothing missing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(ProtocolEnvelope))]
[JsonSerializable(typeof(BindMessage))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class QueueJson : JsonSerializerContext;
