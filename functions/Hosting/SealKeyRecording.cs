using System.Text.Json.Serialization;

namespace FairShare.Functions.Hosting;

/// <summary>What the function that records the seal's key is told, and answers.</summary>
/// <param name="Kid">The key that the caller is about to seal with.</param>
internal sealed record SealKeyRecording(string Kid);

/// <summary>The recording's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SealKeyRecording))]
internal sealed partial class SealKeyJson : JsonSerializerContext;
