using FairShare.Aws.Exchange;
using FairShare.Contracts.Exchange;
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
internal sealed class SubmitReceipt(FunctionServices services) : IRouteHandler<ExchangeId, ChallengeReply, ReceiptAnswer>
{
    public async Task<Answer<ReceiptAnswer>> HandleAsync(ApiCall<ExchangeId, ChallengeReply> call, CancellationToken cancellationToken)
    {
        var answer = await SubmitAsync(call, cancellationToken);
        return answer.Location is { } location ? Answer.Accepted(answer, location) : answer;
    }

    /// <summary>Takes the receipt. A repeat with the same receipt answers with the stored outcome.</summary>
    private async Task<ReceiptAnswer> SubmitAsync(ApiCall<ExchangeId, ChallengeReply> call, CancellationToken cancellationToken)
    {
        if (!EvidenceToken.TryParse(call.Request.Signature, out var receipt, out var refused))
        {
            // That there is no such exchange comes first.
            await services.RequireOpenedAsync(call.Subject, call.Party, cancellationToken);
            throw PartyEvidence.Refuse(refused);
        }

        var (arrived, exchange, deposit) = await ReadAsync(call, receipt, cancellationToken);
        if (exchange.Ending is not null)
        {
            return await AnswerAsync(exchange, deposit, receipt);
        }

        exchange.RequireNonce(call.Request.Nonce);
        if (arrived.NotBefore(exchange.OpenedAt) > exchange.Due)
        {
            throw ExchangeProblems.DeadlinePassed.With("The deadline of the challenge has passed; the exchange expires.");
        }

        var expected = Statements.Receipt(null, exchange.Challenge, null, null) with { EarliestGen = exchange.OpenedAt };
        var accepted = PartyEvidence.Accept(arrived, expected, exchange.OpenedAt);
        var stamp = AttachedStamp.Read(call.Request.Timestamp, receipt);
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        // Before the receipt is handed over, so that it does not stand without the stamp that came with it.
        await AttachedStamp.KeepAsync(services, receipt, stamp, cancellationToken);
        return await AnswerAsync(await HandOverAsync(exchange, deposit, accepted, cancellationToken), deposit, receipt);
    }

    /// <summary>Reads together what the receipt names; what it names is believed only when it has been verified.</summary>
    private async Task<(ArrivedEvidence Arrived, ExchangeRecord Exchange, DepositRecord Deposit)> ReadAsync(
        ApiCall<ExchangeId, ChallengeReply> call,
        EvidenceToken receipt,
        CancellationToken cancellationToken
    )
    {
        var named = receipt.Statement.Document.Id;
        var receiving = services.PartyEvidence.ReceiveAsync(receipt, call.Party, cancellationToken);
        var opening = services.RequireOpenedAsync(call.Subject, call.Party, cancellationToken);
        var depositing = services.Documents.FindDepositAsync(named, cancellationToken);
        await Task.WhenAll(receiving, opening, depositing);
        var exchange = await opening;
        var deposit =
            await (exchange.Document == named ? depositing : services.Documents.FindDepositAsync(exchange.Document, cancellationToken))
            ?? throw new InvalidOperationException($"The exchange {exchange.Id} has a challenge but its document no deposit.");
        return (await receiving, exchange, deposit);
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
            .. await services.StoreKeysOfAsync([exchange.Challenge.KeyId, release.KeyId], cancellationToken),
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

    private async Task<ReceiptAnswer> AnswerAsync(ExchangeRecord exchange, DepositRecord deposit, EvidenceToken given)
    {
        var answer = new ReceiptAnswer(exchange.Id.ToString(), exchange.State.ToString(), exchange.Document.ToString());
        if (exchange.Ending is not { } ending)
        {
            return answer with { Location = exchange.Location() };
        }

        if (ending is not { State: ExchangeState.Completed, Receipt: { } receipt, Release: { } release })
        {
            throw ExchangeProblems.ExchangeEnded.With($"The exchange has ended: {ending.State}.");
        }

        if (given.Hash != receipt.Hash)
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
