using FairShare.Aws.Exchange;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>
/// Step 6, and by its answer step 8: the downloader's receipt is verified, sealed and handed to the workflow, which commits it.
/// </summary>
internal sealed class SubmitReceipt(FunctionServices services) : IRouteHandler<ExchangeId, ReceiptRequest, ReceiptAnswer>
{
    public async Task<Answer<ReceiptAnswer>> HandleAsync(ApiCall<ExchangeId, ReceiptRequest> call, CancellationToken cancellationToken)
    {
        var answer = await SubmitAsync(call, cancellationToken);
        return answer.Location is { } location ? Answer.Accepted(answer, location) : answer;
    }

    /// <summary>Takes the receipt. A repeat with the same receipt answers with the stored outcome.</summary>
    private async Task<ReceiptAnswer> SubmitAsync(ApiCall<ExchangeId, ReceiptRequest> call, CancellationToken cancellationToken)
    {
        var (downloader, id, body) = (call.Party, call.Subject, call.Request);
        var exchange = await services.RequireOpenedAsync(id, downloader, cancellationToken);
        var deposit =
            await services.Documents.FindDepositAsync(exchange.Document, cancellationToken)
            ?? throw new InvalidOperationException($"The exchange {exchange.Id} has a challenge but its document no deposit.");
        if (exchange.Ending is not null)
        {
            return await AnswerAsync(exchange, deposit, body.Signature);
        }

        RequireInTime(exchange, body);
        var expected = Statements.Receipt(null, exchange.Challenge, null, null) with { EarliestGen = exchange.OpenedAt };
        var receipt = await services.PartyEvidence.AcceptAsync(body.Signature, expected, exchange.OpenedAt, cancellationToken);
        RequireInTime(exchange, receipt.At);
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        return await AnswerAsync(await HandOverAsync(exchange, deposit, receipt, cancellationToken), deposit, body.Signature);
    }

    private void RequireInTime(ExchangeRecord exchange, ReceiptRequest body)
    {
        if (Nonce.Parse(body.Nonce) != exchange.Challenge.Statement.Nonce)
        {
            throw CommonProblems.WrongNonce.With("The nonce is not the challenge's.");
        }

        RequireInTime(exchange, services.Time.GetUtcNow());
    }

    private static void RequireInTime(ExchangeRecord exchange, DateTimeOffset at)
    {
        if (at > exchange.Due)
        {
            throw ExchangeProblems.DeadlinePassed.With("The deadline of the challenge has passed; the exchange expires.");
        }
    }

    private async Task<ExchangeRecord> HandOverAsync(
        ExchangeRecord exchange,
        DepositRecord deposit,
        AcceptedEvidence accepted,
        CancellationToken cancellationToken
    )
    {
        var receipt = accepted.Token;
        var uploaderKey = services.PartyEvidence.RequireSignerAsync(deposit.Origin, cancellationToken);
        var release = await services.Seal.SealAsync(
            Statements.Release(EvidenceId.New(services.Randomness), receipt, accepted.At),
            cancellationToken
        );
        PartyKey[] keys =
        [
            await uploaderKey,
            accepted.Key,
            .. await services.StoreKeysOfAsync([exchange.Challenge, release], cancellationToken),
        ];
        PartyEvidence.RequireProven(
            ExchangeEvidence.Verify(deposit.Origin.Text, exchange.Challenge.Text, receipt.Text, release.Text, keys).Checks
        );
        var acceptance = new ReceiptAcceptance(receipt, release, deposit.Origin);
        return await services.SignalAsync(
            exchange,
            token => services.Workflow.TryCompleteAsync(token, acceptance, cancellationToken),
            cancellationToken
        );
    }

    private async Task<ReceiptAnswer> AnswerAsync(ExchangeRecord exchange, DepositRecord deposit, string signature)
    {
        var answer = new ReceiptAnswer(exchange.Id.ToString(), exchange.State.ToString(), exchange.Document.ToString());
        if (exchange.Ending is not { } ending)
        {
            return answer with { Location = $"/exchanges/{exchange.Id}" };
        }

        if (ending is not { State: ExchangeState.Completed, Receipt: { } receipt, Release: { } release })
        {
            throw ExchangeProblems.ExchangeEnded.With($"The exchange has ended: {ending.State}.");
        }

        if (EvidenceToken.Parse(signature).Hash != receipt.Hash)
        {
            throw ExchangeProblems.NonceUsed.With("The exchange has completed with another receipt; its nonce is used.");
        }

        var download = await services.DownloadOfAsync(exchange);
        return answer with
        {
            Nro = deposit.Origin.Text,
            Nrr = receipt.Text,
            Release = release.Text,
            FilePath = download.Url,
            Expires = download.Expires,
            Timestamp = ending.EndedAt,
        };
    }
}
