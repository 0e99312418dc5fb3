using System.Text.Json.Serialization;

namespace FairShare.Contracts.Http;

/// <summary>The JSON of what belongs to no capability.</summary>
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class HttpJson : JsonSerializerContext;
