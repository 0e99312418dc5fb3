using System.Text.Json.Serialization.Metadata;
using FairShare.Aws.Delivery;
using FairShare.Functions.Api;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Protocol.Digests;
using FairShare.Protocol.Errors;
using FairShare.Protocol.Identifiers;

namespace FairShare.Functions.Queue;

/// <summary>Runs each step of the envelope through the handler that the API has for it, and answers on the party's queue.</summary>
internal sealed class ProtocolSteps(FunctionServices services)
{
    public const string Bind = "bind";

    private readonly RequestUpload requestUpload = new(services);
    private readonly SubmitOrigin submitOrigin = new(services);
    private readonly RequestDownload requestDownload = new(services);
    private readonly SubmitReceipt submitReceipt = new(services);
    private readonly AbortDocument abortDocument = new(services);

    /// <summary>Runs one message. A redelivery has the same message id, and changes nothing more.</summary>
    /// <exception cref="ProtocolException">The message names no step, or binds nobody: it cannot be answered to a party.</exception>
    public Task HandleAsync(ProtocolEnvelope envelope, string senderId, string messageId, CancellationToken cancellationToken) => envelope.ProtocolStep switch
    {
        "1" => AnswerAsync(PartyQueue.Uploaders, envelope, () => UploadAsync(envelope, messageId, cancellationToken), cancellationToken),
        "3" => AnswerAsync(PartyQueue.Uploaders, envelope, () => OriginAsync(envelope, cancellationToken), cancellationToken),
        "4" => AnswerAsync(PartyQueue.Downloaders, envelope, () => DownloadAsync(envelope, messageId, cancellationToken), cancellationToken),
        "6" => AnswerAsync(PartyQueue.Downloaders, envelope, () => ReceiptAsync(envelope, cancellationToken), cancellationToken),
        "a" => AnswerAsync(PartyQueue.Uploaders, envelope, () => AbortAsync(envelope, cancellationToken), cancellationToken),
        Bind => BindAsync(envelope, senderId, cancellationToken),
        _ => throw Problems.InvalidRequest.With("protocolStep is 1, 3, 4, 6, a or bind."),
    };

    private async Task<QueueReply?> UploadAsync(ProtocolEnvelope envelope, string messageId, CancellationToken cancellationToken)
    {
        var message = Read(envelope, QueueJson.Default.UploadMessage);
        if (message.Digest.Method != DigestMethod.Sha256.Name())
        {
            throw Problems.NotAvailableOverQueue.With("Documents in parts are uploaded through the HTTP API.");
        }

        var body = new RequestUploadBody(message.Name, message.MediaType, message.Size, message.Digest, message.Audience) { Disclose = message.Disclose };
        var ticket = await requestUpload.RequestAsync(envelope.Party, body, messageId, cancellationToken);
        return QueueReply.Of("2", ticket, ApiJson.Default.UploadTicket);
    }

    private async Task<QueueReply?> OriginAsync(ProtocolEnvelope envelope, CancellationToken cancellationToken)
    {
        var message = Read(envelope, QueueJson.Default.OriginMessage);
        try
        {
            var body = new SubmitOriginBody(message.FilePath, message.Nonce, message.Signature);
            var deposit = await submitOrigin.SubmitAsync(envelope.Party, DocumentId.Parse(message.FileId), body, cancellationToken);
            return QueueReply.Of("v", deposit, ApiJson.Default.DepositAnswer);
        }
        catch (ProtocolException refused)
        {
            // The seed's own form of a refusal of step 3.
            return new QueueReply("v", json =>
            {
                json.WriteString("fileId", message.FileId);
                json.WriteBoolean("verified", false);
                json.WriteString("reason", refused.Code);
                json.WriteString("detail", refused.Message);
            });
        }
    }

    private async Task<QueueReply?> DownloadAsync(ProtocolEnvelope envelope, string messageId, CancellationToken cancellationToken)
    {
        var message = Read(envelope, QueueJson.Default.DownloadMessage);
        var body = new RequestDownloadBody { DeadlineSeconds = message.DeadlineSeconds };
        var challenge = await requestDownload.RequestAsync(envelope.Party, DocumentId.Parse(message.FileId), body, messageId, cancellationToken);
        return QueueReply.Of("5", challenge, ApiJson.Default.ChallengeAnswer);
    }

    private async Task<QueueReply?> ReceiptAsync(ProtocolEnvelope envelope, CancellationToken cancellationToken)
    {
        var message = Read(envelope, QueueJson.Default.ReceiptMessage);
        var body = new SubmitReceiptBody(message.Nonce, message.Signature);
        await submitReceipt.SubmitAsync(envelope.Party, ExchangeId.Parse(message.ExchangeId), body, cancellationToken);
        // The workflow publishes steps 7 and 8 when it has committed them.
        return null;
    }

    private async Task<QueueReply?> AbortAsync(ProtocolEnvelope envelope, CancellationToken cancellationToken)
    {
        var message = Read(envelope, QueueJson.Default.AbortMessage);
        var outcome = await abortDocument.AbortAsync(envelope.Party, DocumentId.Parse(message.FileId), cancellationToken);
        return QueueReply.Of("a", outcome, ApiJson.Default.AbortAnswer);
    }

    private async Task BindAsync(ProtocolEnvelope envelope, string senderId, CancellationToken cancellationToken)
    {
        var message = Read(envelope, QueueJson.Default.BindMessage);
        var now = services.Time.GetUtcNow();
        if (await services.Senders.TryBindAsync(senderId, Nonce.Parse(message.Nonce), now, cancellationToken) is not { } party)
        {
            throw Problems.WrongNonce.With("The nonce was not given for the binding of a sender, is used, or has expired.");
        }

        // The sender may listen on either queue.
        var reply = new QueueReply(Bind, json => json.WriteString("senderId", senderId));
        await SendAsync(PartyQueue.Uploaders, party, reply, cancellationToken);
        await SendAsync(PartyQueue.Downloaders, party, reply, cancellationToken);
    }

    private async Task AnswerAsync(PartyQueue queue, ProtocolEnvelope envelope, Func<Task<QueueReply?>> run, CancellationToken cancellationToken)
    {
        QueueReply? reply;
        try
        {
            reply = await run();
        }
        catch (ProtocolException refused)
        {
            reply = QueueReply.Refusal(envelope, refused);
        }

        if (reply is not null)
        {
            await SendAsync(queue, envelope.Party, reply, cancellationToken);
        }
    }

    private Task SendAsync(PartyQueue queue, PartyId party, QueueReply reply, CancellationToken cancellationToken) =>
        services.Messages.SendAsync(queue, reply.Step, party, reply.WriteMessage, cancellationToken);

    private static T Read<T>(ProtocolEnvelope envelope, JsonTypeInfo<T> type) =>
        StrictJson.Read(System.Text.Encoding.UTF8.GetBytes(envelope.Message.GetRawText()), type);
}
