using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using FairShare.Contracts.Http;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Webhooks;

/// <summary>Handles a batch of a queue's messages one by one: those that fail come again, and the others are done with.</summary>
internal static class QueueBatches
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>Handles the messages of an invocation.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="context">The invocation.</param>
    /// <param name="time">The clock.</param>
    /// <param name="handle">Handles a message; false leaves it in the queue.</param>
    public static async Task<Stream> HandleAsync(
        Stream payload,
        ILambdaContext context,
        TimeProvider time,
        Func<SQSEvent.SQSMessage, CancellationToken, Task<bool>> handle
    )
    {
        var batch =
            await JsonSerializer.DeserializeAsync(payload, EventJson.Default.SQSEvent)
            ?? throw new InvalidOperationException("The payload is not a batch of messages.");
        using var timeout = new CancellationTokenSource(
            context.RemainingTime > Margin ? context.RemainingTime - Margin : Timeout.InfiniteTimeSpan,
            time
        );
        var response = new SQSBatchResponse();
        foreach (var message in batch.Records)
        {
            if (!await TryAsync(message, context, handle, timeout.Token))
            {
                response.BatchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(response, EventJson.Default.SQSBatchResponse));
    }

    private static async Task<bool> TryAsync(
        SQSEvent.SQSMessage message,
        ILambdaContext context,
        Func<SQSEvent.SQSMessage, CancellationToken, Task<bool>> handle,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await handle(message, cancellationToken);
        }
#pragma warning disable CA1031 // A failed message comes again, and the others of the batch are handled.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            FunctionLog.Write(context, LogLevel.Error, CommonProblems.InternalError.Code, failure, ("messageId", message.MessageId));
            return false;
        }
    }
}
