using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Protocol.Errors;

namespace FairShare.Functions.Queue;

/// <summary>
/// Takes the seed's envelope from the store's queue: steps 1, 3, 4, 6 and a, and the binding of a sender. What the protocol refuses is
/// answered on the party's queue; what cannot be attributed goes to the dead-letter queue with the reason; what failed for a passing
/// reason is delivered again.
/// </summary>
internal sealed class ReceiveProtocolMessages(FunctionServices services) : IFunction
{
    private readonly ProtocolSteps steps = new(services);

    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var batch = await JsonSerializer.DeserializeAsync(payload, EventJson.Default.SQSEvent)
            ?? throw new InvalidOperationException("The payload is not a batch of messages.");
        using var timeout = new CancellationTokenSource(context.RemainingTime > TimeSpan.Zero ? context.RemainingTime : Timeout.InfiniteTimeSpan);
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
            context.Logger.LogLine($"{message.MessageId}: {failure}");
            return false;
        }
    }

    private async Task HandleAsync(SQSEvent.SQSMessage message, CancellationToken cancellationToken)
    {
        var senderId = message.Attributes.GetValueOrDefault("SenderId") ?? "";
        try
        {
            var envelope = ProtocolEnvelope.Read(message.Body);
            if (envelope.ProtocolStep != ProtocolSteps.Bind)
            {
                await RequireBoundAsync(senderId, envelope, cancellationToken);
            }

            await steps.HandleAsync(envelope, senderId, message.MessageId, cancellationToken);
        }
        catch (ProtocolException unattributable)
        {
            await services.Messages.RejectAsync(unattributable.Code, unattributable.Message, senderId, message.Body, cancellationToken);
        }
    }

    private async Task RequireBoundAsync(string senderId, ProtocolEnvelope envelope, CancellationToken cancellationToken)
    {
        var parties = await services.Senders.ListPartiesAsync(senderId, cancellationToken);
        if (!parties.Contains(envelope.Party))
        {
            throw Problems.UnboundSender.With("The sender is not bound to the party that userId names.");
        }
    }
}
