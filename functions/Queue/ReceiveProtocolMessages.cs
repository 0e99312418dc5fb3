using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Errors;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Queue;

/// <summary>
/// Takes the seed's envelope from the store's queue: steps 1, 3, 4, 6 and a, and the binding of a sender. What the protocol refuses is
/// answered on the party's queue; what cannot be attributed goes to the dead-letter queue with the reason, and its sender's party, if it is
/// bound to one alone, is told; what failed for a passing reason is delivered again.
/// </summary>
internal sealed class ReceiveProtocolMessages(FunctionServices services) : IFunction
{
    /// <summary>
    /// How much of a message goes to the dead letters, in UTF-16 code units: with every one escaped, six octets, it fits into one event.
    /// </summary>
    private const int RejectedLimit = 30_000;

    /// <summary>What must be left of the function's time to begin a message, or to say what became of it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private readonly ProtocolSteps steps = new(services);

    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var batch =
            await JsonSerializer.DeserializeAsync(payload, EventJson.Default.SQSEvent)
            ?? throw new InvalidOperationException("The payload is not a batch of messages.");
        var left = context.RemainingTime - Margin;
        using var timeout = new CancellationTokenSource(left > TimeSpan.Zero ? left : Timeout.InfiniteTimeSpan);
        var response = new SQSBatchResponse();
        foreach (var message in batch.Records)
        {
            if (!await TryHandleAsync(message, context, timeout.Token))
            {
                response.BatchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(response, EventJson.Default.SQSBatchResponse));
    }

    private async Task<bool> TryHandleAsync(SQSEvent.SQSMessage message, ILambdaContext context, CancellationToken cancellationToken)
    {
        try
        {
            await HandleAsync(message, cancellationToken);
            return true;
        }
#pragma warning disable CA1031 // One message's failure is reported as that message's, and the others of the batch are handled.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            FunctionLog.Write(context, LogLevel.Error, CommonProblems.InternalError.Code, failure, ("messageId", message.MessageId));
            return false;
        }
    }

    private async Task HandleAsync(SQSEvent.SQSMessage message, CancellationToken cancellationToken)
    {
        var sender = QueueSender.Read(message.Attributes.GetValueOrDefault("SenderId") ?? "", services.Settings.NamedSenderRoles);
        ProtocolEnvelope? envelope = null;
        try
        {
            envelope = ProtocolEnvelope.Read(message.Body);
            if (envelope.ProtocolStep == QueueStep.Bind)
            {
                await steps.BindAsync(envelope, sender, cancellationToken);
                return;
            }

            await RequireBoundAsync(sender, envelope, cancellationToken);
            await steps.RunAsync(envelope, message.MessageId, cancellationToken);
        }
        catch (ProtocolException unattributable)
        {
            await RejectAsync(message, envelope, sender, unattributable, cancellationToken);
        }
    }

    private async Task RejectAsync(
        SQSEvent.SQSMessage message,
        ProtocolEnvelope? envelope,
        QueueSender sender,
        ProtocolException refused,
        CancellationToken cancellationToken
    )
    {
        var body = Excerpt.Of(message.Body, RejectedLimit);
        await services.Messages.RejectAsync(refused.Code, refused.Message, sender.Id, body, cancellationToken);

        // A sender that speaks for one party alone has that party's ear, whatever its message says.
        if (await services.Senders.ListPartiesAsync(sender.Key, cancellationToken) is [var party])
        {
            var refusal = new StepRefusal(refused.Code, refused.Message);
            var reply = envelope is null
                ? QueueReply.Unreadable(message.Body, message.MessageId, refusal)
                : QueueReply.Refusal(envelope, message.MessageId, refusal);
            await steps.SendToBothAsync(party, reply, cancellationToken);
        }
    }

    private async Task RequireBoundAsync(QueueSender sender, ProtocolEnvelope envelope, CancellationToken cancellationToken)
    {
        var parties = await services.Senders.ListPartiesAsync(sender.Key, cancellationToken);
        if (!parties.Contains(envelope.Party))
        {
            throw PartyProblems.UnboundSender.With("The sender is not bound to the party that userId names.");
        }
    }
}
