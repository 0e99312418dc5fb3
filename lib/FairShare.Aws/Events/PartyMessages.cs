using System.Text;
using System.Text.Json;
using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Events;

/// <summary>Which of the two party queues a message goes to.</summary>
public enum PartyQueue
{
    /// <summary>The uploaders' queue: steps 2, v, 7 and a.</summary>
    Uploaders,

    /// <summary>The downloaders' queue: steps 5 and 8.</summary>
    Downloaders,
}

/// <summary>Sends messages to the parties' queues, by way of the event bus whose rules feed them.</summary>
/// <param name="client">The EventBridge client, with the function's own role.</param>
/// <param name="bus">The event bus's name.</param>
public sealed class PartyMessages(IAmazonEventBridge client, string bus)
{
    private const string Source = "fairshare.tds";

    /// <summary>Sends one message in the seed's envelope; at least once, so a consumer compares step and ids.</summary>
    /// <param name="queue">Which queue.</param>
    /// <param name="step">The protocol step of the message, for example <c>2</c> or <c>v</c>.</param>
    /// <param name="party">For whom it is, the envelope's <c>userId</c>.</param>
    /// <param name="writeMessage">Writes the members of <c>message</c>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="InvalidOperationException">The bus did not take it; a repeat may succeed.</exception>
    public Task SendAsync(
        PartyQueue queue,
        string step,
        PartyId party,
        Action<Utf8JsonWriter> writeMessage,
        CancellationToken cancellationToken
    )
    {
        return PutAsync("ProtocolReply", WriteDetail, cancellationToken);

        void WriteDetail(Utf8JsonWriter json)
        {
            json.WriteStartObject(queue == PartyQueue.Uploaders ? "uploaderMessage" : "downloaderMessage");
            json.WriteString("protocolStep", step);
            json.WriteString("userId", party.ToString());
            json.WriteStartObject("message");
            writeMessage(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    /// <summary>Sends a message that cannot be handled to the dead-letter queue, with the reason.</summary>
    /// <param name="reason">The stable code of why.</param>
    /// <param name="detail">One sentence of why.</param>
    /// <param name="senderId">Who sent it.</param>
    /// <param name="body">The message as it came.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task RejectAsync(string reason, string detail, string senderId, string body, CancellationToken cancellationToken)
    {
        return PutAsync("MessageRejected", WriteDetail, cancellationToken);

        void WriteDetail(Utf8JsonWriter json)
        {
            json.WriteStartObject("rejectedMessage");
            json.WriteString("reason", reason);
            json.WriteString("detail", detail);
            json.WriteString("senderId", senderId);
            json.WriteString("body", body);
            json.WriteEndObject();
        }
    }

    /// <summary>
    /// Hands an aborted document to the queue that ends its open exchanges, takes it out of listings and deletes its bytes.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="at">When this was asked for; uploads that were presigned earlier are looked out for until they have expired.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="InvalidOperationException">The bus did not take it; a repeat may succeed.</exception>
    public Task FinishAbortAsync(DocumentId document, DateTimeOffset at, CancellationToken cancellationToken)
    {
        return PutAsync("DocumentAborted", WriteDetail, cancellationToken);

        void WriteDetail(Utf8JsonWriter json)
        {
            json.WriteStartObject("abortedDocument");
            json.WriteString("documentId", document.ToString());
            json.WriteString("abortedAt", Timestamp.Format(at));
            json.WriteEndObject();
        }
    }

    /// <summary>Hands the code that confirms a party's address to whoever sends mail.</summary>
    /// <exception cref="InvalidOperationException">The bus did not take it; a repeat may succeed.</exception>
    public Task SendNoticeCodeAsync(PartyId party, string code, CancellationToken cancellationToken)
    {
        return PutAsync("NoticeAsked", WriteDetail, cancellationToken);

        void WriteDetail(Utf8JsonWriter json)
        {
            json.WriteStartObject("noticeMessage");
            json.WriteString("protocolStep", "code");
            json.WriteString("userId", party.ToString());
            json.WriteStartObject("message");
            json.WriteString("code", code);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private async Task PutAsync(string detailType, Action<Utf8JsonWriter> writeDetail, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            writeDetail(json);
            json.WriteEndObject();
        }

        var entry = new PutEventsRequestEntry
        {
            EventBusName = bus,
            Source = Source,
            DetailType = detailType,
            Detail = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length),
        };
        var response = await client.PutEventsAsync(new PutEventsRequest { Entries = [entry] }, cancellationToken);
        if (response.FailedEntryCount > 0)
        {
            throw new InvalidOperationException("The event bus did not take the message.");
        }
    }
}
