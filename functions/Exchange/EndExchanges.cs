using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using FairShare.Aws.Exchange;
using FairShare.Aws.Objects;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>A message of the queue of endings.</summary>
internal sealed record AbortedDocument(string DocumentId, string AbortedAt);

/// <summary>
/// Finishes an abort: ends the document's open exchanges, page by page, takes it out of listings, and deletes its bytes unless somebody
/// acquired them. A message comes again until every upload that was presigned before the abort has expired, so that what is put meanwhile
/// is deleted too, and what an index showed too late is ended. Any number of repeats change nothing more.
/// </summary>
internal sealed class EndExchanges(FunctionServices services) : IFunction
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var batch =
            await JsonSerializer.DeserializeAsync(payload, EventJson.Default.SQSEvent)
            ?? throw new InvalidOperationException("The payload is not a batch of messages.");
        using var timeout = new CancellationTokenSource(
            context.RemainingTime > Margin ? context.RemainingTime - Margin : Timeout.InfiniteTimeSpan,
            services.Time
        );
        var response = new SQSBatchResponse();
        foreach (var message in batch.Records)
        {
            if (!await TryFinishAsync(message, context, timeout.Token))
            {
                response.BatchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(response, EventJson.Default.SQSBatchResponse));
    }

    private async Task<bool> TryFinishAsync(SQSEvent.SQSMessage message, ILambdaContext context, CancellationToken cancellationToken)
    {
        try
        {
            var aborted =
                JsonSerializer.Deserialize(message.Body, EndingsJson.Default.AbortedDocument)
                ?? throw new InvalidOperationException("The message names no document.");
            return await FinishAsync(DocumentId.Parse(aborted.DocumentId), Timestamp.Parse(aborted.AbortedAt), cancellationToken);
        }
#pragma warning disable CA1031 // A failed message comes again, and the others of the batch are handled.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            FunctionLog.Write(context, LogLevel.Error, CommonProblems.InternalError.Code, failure, ("messageId", message.MessageId));
            return false;
        }
    }

    /// <returns>Whether nothing more can come.</returns>
    private async Task<bool> FinishAsync(DocumentId id, DateTimeOffset abortedAt, CancellationToken cancellationToken)
    {
        if (
            await services.Documents.FindAsync(id, cancellationToken)
            is not { Document: { State: DocumentState.Dropped or DocumentState.Deleted or DocumentState.Withdrawn } document }
        )
        {
            // Whoever sends to this queue, only an abort that stands ends anything.
            return true;
        }

        await services.Documents.UnlistAsync(id, cancellationToken);
        if (document.State != DocumentState.Withdrawn)
        {
            await RemoveBytesAsync(document, cancellationToken);
        }

        await EndAllAsync(id, cancellationToken);
        return services.Time.GetUtcNow() >= abortedAt + ObjectUploads.Validity;
    }

    private async Task EndAllAsync(DocumentId id, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await services.Exchanges.ListOpenAsync(id, cursor, cancellationToken);
            await Task.WhenAll(
                page.Entries.Where(exchange => exchange.TaskToken is not null)
                    .Select(exchange => services.Workflow.TryAbortAsync(exchange.TaskToken!, cancellationToken))
            );
            cursor = page.Cursor;
        } while (cursor is not null);
    }

    private async Task RemoveBytesAsync(DocumentRecord document, CancellationToken cancellationToken)
    {
        if (document.UploadId is not null)
        {
            await services.Bucket.AbortMultipartAsync(document, cancellationToken);
        }

        await services.Bucket.DeleteAsync(document.ObjectKey, cancellationToken);
    }
}

/// <summary>The queue of endings' JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AbortedDocument))]
internal sealed partial class EndingsJson : JsonSerializerContext;
