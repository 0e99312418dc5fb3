using System.Text.Json.Nodes;
using FairShare.Contracts.Webhooks;

namespace FairShare.OpenApi;

/// <summary>Describes what the service sends to endpoints that are registered as webhooks.</summary>
/// <param name="comments">What the records say of themselves.</param>
/// <param name="schemas">Where the records' schemas are kept.</param>
internal sealed class WebhookSchema(XmlComments comments, SchemaCatalogue schemas)
{
    private static readonly (string Name, string Text)[] Headers =
    [
        ("webhook-id", "Names the message: the exchange and the step. The same in every attempt."),
        ("webhook-timestamp", "When this attempt was made, in seconds since 1970."),
        ("webhook-signature", "`v1,` and the HMAC of id, time and body, in base64; of each secret that is good, with blanks between."),
    ];

    /// <summary>All of them.</summary>
    public JsonObject All() =>
        new()
        {
            ["exchangeEnded"] = Of(
                "exchangeEnded",
                typeof(WebhookMessage),
                null,
                "Anything else, or nothing within ten seconds: not taken. It is sent again, but for 410, which switches the webhook off."
            ),
            ["ping"] = Of("ping", typeof(WebhookPing), typeof(WebhookPingAnswer), "Anything else: the webhook is not verified."),
        };

    private JsonObject Of(string name, Type sent, Type? answered, string otherwise)
    {
        var text = comments.OfType(sent)!;
        var taken = new JsonObject { ["description"] = "Taken." };
        if (answered is not null)
        {
            taken["content"] = ContentOf(answered);
        }

        return new JsonObject
        {
            ["post"] = new JsonObject
            {
                ["operationId"] = name,
                ["tags"] = new JsonArray("Webhook"),
                ["summary"] = text.Split(": ")[0].TrimEnd('.'),
                ["description"] = text,
                ["security"] = new JsonArray(),
                ["parameters"] = new JsonArray([.. Headers.Select(header => (JsonNode)Header(header.Name, header.Text))]),
                ["requestBody"] = new JsonObject { ["required"] = true, ["content"] = ContentOf(sent) },
                ["responses"] = new JsonObject
                {
                    ["2XX"] = taken,
                    ["default"] = new JsonObject { ["description"] = otherwise },
                },
            },
        };
    }

    private static JsonObject Header(string name, string text) =>
        new()
        {
            ["name"] = name,
            ["in"] = "header",
            ["required"] = true,
            ["description"] = text,
            ["schema"] = new JsonObject { ["type"] = "string" },
        };

    private JsonObject ContentOf(Type type) =>
        new() { ["application/json"] = new JsonObject { ["schema"] = schemas.Refer(type, isRequest: false) } };
}
