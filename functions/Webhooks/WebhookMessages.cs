using System.Text.Json;
using System.Text.Json.Serialization;

namespace FairShare.Functions.Webhooks;

/// <summary>A message of the queue of deliveries: what to send to which endpoint.</summary>
internal sealed record DeliveryOrder(string Party, string WebhookId, string MessageId);

/// <summary>A message of the queue of events: the envelope that the party's own queue has too.</summary>
/// <param name="ProtocolStep">7, 8 or a.</param>
/// <param name="UserId">For whom it is.</param>
/// <param name="Message">The step's members.</param>
internal sealed record DeliveredEvent(string ProtocolStep, string UserId, JsonElement Message);

/// <summary>The JSON of webhooks.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DeliveryOrder))]
[JsonSerializable(typeof(DeliveredEvent))]
internal sealed partial class WebhookMessageJson : JsonSerializerContext;
