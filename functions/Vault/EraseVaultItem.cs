using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using FairShare.Aws.Vault;
using FairShare.Contracts.Http;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Functions.Streams;
using FairShare.Vault.Derivation;
using FairShare.Vault.Items;

namespace FairShare.Functions.Vault;

/// <summary>
/// Ends items whose time or whose last ticket is over, and erases the objects of those that have ended. The stream of the table tells it
/// of each timer and each ticket that is removed, in order and until it succeeds; repeats change nothing.
/// </summary>
internal sealed class EraseVaultItem(FunctionServices services) : IFunction
{
    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var changes =
            await JsonSerializer.DeserializeAsync(payload, TableChangesJson.Default.TableChanges)
            ?? throw new InvalidOperationException("The payload is not a batch of a table's changes.");
        // The shape of what a batch's handler could not handle is the same for queues and streams.
        var response = new SQSBatchResponse();
        foreach (var change in changes.Records.Where(IsOfInterest))
        {
            if (!await TryHandleAsync(change, context))
            {
                // From here on everything comes again.
                response.BatchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = change.Dynamodb.SequenceNumber });
                break;
            }
        }

        return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(response, EventJson.Default.SQSBatchResponse));
    }

    // The filter of the mapping sends nothing else; a timer that is only put again must never come back as a reason to put it again.
    private static bool IsOfInterest(TableChange change) =>
        change.IsRemoval && change.Dynamodb.Keys is var keys && (keys.Sk.S == EndingKeys.Timer || IsTicket(change));

    private static bool IsTicket(TableChange change) =>
        change.Dynamodb.Keys.Sk.S.StartsWith(EndingKeys.TicketPrefix, StringComparison.Ordinal);

    private async Task<bool> TryHandleAsync(TableChange change, ILambdaContext context)
    {
        try
        {
            await HandleAsync(change, CancellationToken.None);
            return true;
        }
#pragma warning disable CA1031 // What failed comes again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            FunctionLog.Write(context, LogLevel.Error, CommonProblems.InternalError.Code, failure);
            return false;
        }
    }

    private async Task HandleAsync(TableChange change, CancellationToken cancellationToken)
    {
        var id = VaultItemId.Parse(change.Dynamodb.Keys.Pk.S[VaultPartitions.Item.Length..]);
        var now = services.Now();
        while (await services.Vault.FindAsync(id, cancellationToken) is { } record)
        {
            if (record.Item.IsEnded)
            {
                await EraseAsync(record, now, cancellationToken);
                return;
            }

            if (await ReasonAsync(record, change, now, cancellationToken) is not { } reason)
            {
                if (!IsTicket(change))
                {
                    // The table's clock goes ahead of this one: a timer never ends without having ended its item.
                    await services.VaultErasures.RemindAsync(id, record.Item.Limits.ExpiresAt, cancellationToken);
                }

                return;
            }

            // What is stored takes no upload any more, so what was read is what stands. Else an upload may have begun meanwhile.
            if (await services.VaultErasures.TryEndAsync(record, reason, now, cancellationToken) && record.Item.Phase == ItemPhase.Stored)
            {
                await EraseAsync(record, now, cancellationToken);
                return;
            }
        }
    }

    /// <returns>Why the item must end now; null where it need not.</returns>
    private async Task<ItemPhase?> ReasonAsync(
        VaultRecord record,
        TableChange change,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        record.Item.At(now).IsEnded ? ItemPhase.Expired
        : record.Item.OpensLeft > 0 || record.Item.OpensLeft is null || !IsTicket(change) ? null
        // Each open made a ticket: of one open, this is it.
        : record.Item.Opens > 1 && await services.VaultErasures.HasTicketsAsync(record.Id, now, cancellationToken) ? null
        : change.IsByTime ? ItemPhase.Opened
        : ItemPhase.Done;

    private async Task EraseAsync(VaultRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (record.IsInline)
        {
            return;
        }

        await services.VaultBucket.EraseAsync(record, cancellationToken);
        if (record.UploadableUntil > now)
        {
            // Whoever has a presigned upload may still use it: it is looked after once more when none can come.
            await services.VaultErasures.RemindAsync(record.Id, record.UploadableUntil.Value, cancellationToken);
        }
    }
}
