using System.Text.Json;
using System.Text.Json.Serialization;

namespace FairShare.Functions.Webhooks;

/// <summary>A message of the queue of deliveries: what to send to which endpoint.</summary>
/// <param name="Party">Whose endpoint it is.</param>
/// <param name="WebhookId">The endpoint.</param>
/// <param name="MessageId">The message.</param>
/// <param name="StartedAt">Since when it is attempted by this order; one that was replayed since goes by a later order.</param>
internal sealed record DeliveryOrder(string Party, string WebhookId, string MessageId, DateTimeOffset StartedAt);

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
