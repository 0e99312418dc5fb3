using System.Text.Json;
using FairShare.Functions.Http;

namespace FairShare.Functions.Queue;

/// <summary>A message to a party, in answer to one of its own. Whatever came in, it stays far below what one event may hold.</summary>
/// <param name="Step">The reply's step: 2, v, 5, a, bind; or e for a refusal.</param>
/// <param name="WriteMessage">Writes the members of <c>message</c>.</param>
internal sealed record QueueReply(string Step, Action<Utf8JsonWriter> WriteMessage)
{
    /// <summary>What is given back of a refused message, in UTF-16 code units; the longest escape takes six octets for one.</summary>
    private const int EchoLimit = 16 * 1024;
    private const int ExcerptLimit = 1000;
    private const int TextLimit = 1000;

    /// <summary>A reply with the members of the API's answer.</summary>
    public static QueueReply Of(string step, string answer) =>
        new(
            step,
            json =>
            {
                using var document = JsonDocument.Parse(answer);
                foreach (var member in document.RootElement.EnumerateObject())
                {
                    member.WriteTo(json);
                }
            }
        );

    /// <summary>The store refuses the message.</summary>
    /// <param name="step">The step that was refused.</param>
    /// <param name="envelope">The message.</param>
    /// <param name="messageId">SQS's id of it, which its sender was told.</param>
    /// <param name="refusal">Why.</param>
    public static QueueReply Refusal(QueueStep step, ProtocolEnvelope envelope, string messageId, StepRefusal refusal) =>
        step.Reply == QueueStep.Verified ? NotVerified(envelope, messageId, refusal) : Refusal(envelope, messageId, refusal);

    /// <summary>
    /// Step e: the message's own members are given back, so that the party knows which; its beginning, where it is long or no text.
    /// </summary>
    public static QueueReply Refusal(ProtocolEnvelope envelope, string messageId, StepRefusal refusal) =>
        new(
            "e",
            json =>
            {
                json.WriteString("refusedStep", Excerpt.Of(envelope.ProtocolStep, TextLimit));
                WriteReason(json, messageId, refusal);
                var text = envelope.Message.GetRawText();
                if (text.Length <= EchoLimit && StrictJson.IsText(text))
                {
                    json.WritePropertyName("message");
                    envelope.Message.WriteTo(json);
                }
                else
                {
                    json.WriteString("excerpt", Excerpt.Of(text, ExcerptLimit));
                }
            }
        );

    /// <summary>Step e for a message that is no envelope: its beginning is given back, and no step is named.</summary>
    public static QueueReply Unreadable(string body, string messageId, StepRefusal refusal) =>
        new(
            "e",
            json =>
            {
                WriteReason(json, messageId, refusal);
                json.WriteString("excerpt", Excerpt.Of(body, ExcerptLimit));
            }
        );

    private static void WriteReason(Utf8JsonWriter json, string messageId, StepRefusal refusal)
    {
        json.WriteString("messageId", messageId);
        json.WriteString("code", Excerpt.Of(refusal.Code, TextLimit));
        json.WriteString("detail", Excerpt.Of(refusal.Detail, TextLimit));
    }

    /// <summary>The seed's own form of a refusal of step 3.</summary>
    private static QueueReply NotVerified(ProtocolEnvelope envelope, string messageId, StepRefusal refusal) =>
        new(
            QueueStep.Verified,
            json =>
            {
                if (
                    StrictJson.IsText(envelope.Message.GetRawText())
                    && envelope.Message.ValueKind == JsonValueKind.Object
                    && envelope.Message.TryGetProperty("fileId", out var file)
                    && file.ValueKind == JsonValueKind.String
                )
                {
                    json.WriteString("fileId", Excerpt.Of(file.GetString()!, TextLimit));
                }

                json.WriteString("messageId", messageId);
                json.WriteBoolean("verified", false);
                json.WriteString("reason", Excerpt.Of(refusal.Code, TextLimit));
                json.WriteString("detail", Excerpt.Of(refusal.Detail, TextLimit));
            }
        );
}

/// <summary>Why a message is refused.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Detail">One sentence.</param>
internal sealed record StepRefusal(string Code, string Detail);
