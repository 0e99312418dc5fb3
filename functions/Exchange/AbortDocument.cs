using FairShare.Aws.Exchange;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>
/// Step a: the uploader aborts. Outcome 1: not deposited, the upload is dropped. 2: never acquired, document and object are deleted.
/// 3: acquired, the document is hidden, object and evidence are kept. In 2 and 3 open exchanges end with an AbortRecord, by way of a queue
/// (EndExchanges), which deletes the object too.
/// </summary>
internal sealed class AbortDocument(FunctionServices services) : IRouteHandler<DocumentId, None, AbortAnswer>
{
    // An acquisition or a deposit may come in between; each makes the next attempt decide otherwise, and there is one deposit.
    private const int Attempts = 5;

    /// <summary>A repeat answers with the stored outcome, and finishes what the first call may have left undone.</summary>
    public async Task<Answer<AbortAnswer>> HandleAsync(ApiCall<DocumentId, None> call, CancellationToken cancellationToken)
    {
        var (uploader, id) = (call.Party, call.Subject);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var stored = await RequireOwnAsync(uploader, id, cancellationToken);
            if (OutcomeOf(stored.Document.State) is { } outcome)
            {
                if (attempt == 0)
                {
                    // The abort itself is refused for no limit; a repeat makes work for others, and counts.
                    await services.LimitsOf(call).CountCallAsync(cancellationToken);
                }

                return await FinishAsync(stored, outcome, cancellationToken);
            }

            await TryEndAsync(stored, cancellationToken);
        }

        throw CommonProblems.Busy.With("The document is being acquired; repeat the request.");
    }

    private async Task<StoredDocument> RequireOwnAsync(PartyId uploader, DocumentId id, CancellationToken cancellationToken)
    {
        var stored = await services.Documents.FindCountedAsync(id, cancellationToken);
        return stored switch
        {
            { Document: var document } when document.Uploader == uploader => stored,
            { Document: var document } when document.IsFor(uploader) && document.State == DocumentState.Deposited =>
                throw ExchangeProblems.NotYourDocument.With("Only its uploader can abort a document."),
            _ => throw ExchangeProblems.DocumentNotFound.With("You have no such document."),
        };
    }

    private static AbortOutcome? OutcomeOf(DocumentState state) =>
        state switch
        {
            DocumentState.Dropped => AbortOutcome.UploadDropped,
            DocumentState.Deleted => AbortOutcome.DocumentDeleted,
            DocumentState.Withdrawn => AbortOutcome.DocumentWithdrawn,
            _ => null,
        };

    private async Task TryEndAsync(StoredDocument stored, CancellationToken cancellationToken)
    {
        var document = stored.Document;
        var input = document.Acquisitions > 0 ? DocumentInput.AbortedAcquired : DocumentInput.AbortedUnacquired;
        if (DocumentTransitions.Next(document.State, input) is not DocumentTransition.Moves moves)
        {
            throw new InvalidOperationException($"An abort does not move a document that is {document.State}.");
        }

        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        var record = stored.Deposit is { } deposit ? await SealAsync(deposit, now, cancellationToken) : null;
        await services.Documents.TryEndAsync(document, moves.State, record, now, cancellationToken);
    }

    private Task<EvidenceToken> SealAsync(DepositRecord deposit, DateTimeOffset now, CancellationToken cancellationToken) =>
        services.Seal.SealAsync(
            // Clocks of two functions may differ: a record from before the deposit that it ends would not verify.
            Statements.AbortOfDocument(
                EvidenceId.New(services.Randomness),
                deposit.Origin,
                now < deposit.DepositedAt ? deposit.DepositedAt : now
            ),
            cancellationToken
        );

    private async Task<AbortAnswer> FinishAsync(StoredDocument stored, AbortOutcome outcome, CancellationToken cancellationToken)
    {
        var document = stored.Document;
        // However many exchanges are open: a queue ends them, and takes the bytes away.
        await services.Messages.FinishAbortAsync(document.Id, Timestamp.Truncate(services.Time.GetUtcNow()), cancellationToken);
        var record = await FindRecordAsync(stored, cancellationToken);
        return new AbortAnswer(document.Id.ToString(), (int)outcome, record?.Text);
    }

    private async Task<EvidenceToken?> FindRecordAsync(StoredDocument stored, CancellationToken cancellationToken)
    {
        var id = stored.Document.Id;
        if (await services.Documents.FindWithdrawalAsync(id, cancellationToken) is { } record)
        {
            return record;
        }

        // The deposit came in while its upload was being aborted: it is answered by a record all the same.
        if (stored.Deposit is { } deposit)
        {
            var now = Timestamp.Truncate(services.Time.GetUtcNow());
            await services.Documents.TryRecordEndAsync(id, await SealAsync(deposit, now, cancellationToken), now, cancellationToken);
        }

        return await services.Documents.FindWithdrawalAsync(id, cancellationToken);
    }
}
