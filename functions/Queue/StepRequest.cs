using System.Text;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Queue;

/// <summary>A message as the request of the API that it stands for.</summary>
internal static class StepRequest
{
    /// <summary>
    /// The event by which API Gateway would invoke the step's function: the bound party as the caller, the message's id as the
    /// Idempotency-Key.
    /// </summary>
    /// <exception cref="ProtocolException"><c>invalid-body</c>; <c>not-available-over-queue</c>.</exception>
    public static byte[] Of(QueueStep step, ProtocolEnvelope envelope, string messageId, FunctionSettings settings)
    {
        var message = StrictJson.Read(Encoding.UTF8.GetBytes(envelope.Message.GetRawText()), QueueJson.Default.JsonElement);
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw CommonProblems.InvalidBody.With("The message is not a JSON object.");
        }

        RequireOnePut(message);
        var subject = step.Subject is null ? null : RequireText(message, step.Subject);
        var request = new APIGatewayHttpApiV2ProxyRequest
        {
            RouteKey = $"SQS {step.Step}",
            Headers = new Dictionary<string, string> { ["idempotency-key"] = messageId },
            PathParameters = step.Parameter is null
                ? null
                : new Dictionary<string, string> { [step.Parameter] = Uri.EscapeDataString(subject!) },
            RequestContext = new() { Authorizer = new() { Jwt = new() { Claims = ApiCaller.ClaimsOf(envelope.Party, settings) } } },
            Body = Without(message, step.Subject),
        };
        return JsonSerializer.SerializeToUtf8Bytes(request, EventJson.Default.APIGatewayHttpApiV2ProxyRequest);
    }

    private static void RequireOnePut(JsonElement message)
    {
        if (
            message.TryGetProperty("digest", out var digest)
            && digest.ValueKind == JsonValueKind.Object
            && digest.TryGetProperty("method", out var method)
            && method.ValueKind == JsonValueKind.String
            && method.ValueEquals(DigestMethod.Sha256Parts.Name())
        )
        {
            throw ExchangeProblems.NotAvailableOverQueue.With("Documents in parts are uploaded through the HTTP API.");
        }
    }

    private static string RequireText(JsonElement message, string member) =>
        message.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw CommonProblems.InvalidBody.With($"The message has no text {member}.");

    private static string Without(JsonElement message, string? member)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var property in message.EnumerateObject().Where(property => property.Name != member))
            {
                property.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
