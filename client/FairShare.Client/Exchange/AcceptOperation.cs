using FairShare.Client.Evidence;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Transfers;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Client.Exchange;

/// <summary>Steps 6 and 8, and the download.</summary>
/// <param name="client">The party's client.</param>
/// <param name="signer">What signs the receipt; null when none may be signed, because one was given.</param>
/// <param name="watch">Who is told how it goes.</param>
internal sealed class AcceptOperation(FairShareClient client, IPartySigner? signer, TransferWatch watch)
{
    private readonly FairShareClientOptions options = client.Options;
    private readonly StepReporter steps = new(watch.Steps, client.Options.Time);

    public async Task<ReceivedDocument> RunAsync(OpenedExchange exchange, DownloadPlace place, CancellationToken cancellationToken)
    {
        var answer = await GiveAsync(exchange, cancellationToken).ConfigureAwait(false);
        answer = await UntilEndedAsync(exchange, answer, cancellationToken).ConfigureAwait(false);
        var evidence = await VerifyAsync(exchange, answer, cancellationToken).ConfigureAwait(false);
        steps.Note("8", "TDS", "B", "evidence of origin (NRO), release record, presigned download");
        await DownloadAsync(evidence, exchange.Id, answer.FilePath, place, cancellationToken).ConfigureAwait(false);
        steps.Note("download", "S3", "B", $"{exchange.Document.Size} bytes, digest as the NRO says");
        return new ReceivedDocument(place.Target, evidence);
    }

    // One command of a profile at a time, until its receipt is in: the next finds it given.
    private async Task<ReceiptAnswer> GiveAsync(OpenedExchange exchange, CancellationToken cancellationToken)
    {
        using var turn = await options.Profile.LockReceiptsAsync(options.Time, cancellationToken).ConfigureAwait(false);
        var receipt = await SignAsync(exchange, cancellationToken).ConfigureAwait(false);
        return receipt is null ? Undecided(exchange) : await SubmitAsync(exchange, receipt, cancellationToken).ConfigureAwait(false);
    }

    // The party may have given one elsewhere since it looked. What happens between this and the receipt's arrival, the service decides:
    // of two receipts in one exchange it accepts one, and gives both the evidence with that.
    private async Task RequireNoneGivenAsync(OpenedExchange exchange, CancellationToken cancellationToken)
    {
        if (
            options.SignsOnce
            && await new FindOperation(client).FindGivenAsync(exchange.Document.Id, cancellationToken).ConfigureAwait(false) is { } given
        )
        {
            throw new ReceiptStandsProblem(given);
        }
    }

    private async Task<ReceiptAnswer> SubmitAsync(OpenedExchange exchange, EvidenceToken receipt, CancellationToken cancellationToken)
    {
        steps.Note("6", "B", "TDS", $"evidence of receipt (NRR) {receipt.Hash}");
        try
        {
            var stamp = await client.StampAsync(receipt, cancellationToken).ConfigureAwait(false);
            var request = new ChallengeReply(exchange.Challenge.Statement.Nonce!.Value.ToString(), receipt.Text, stamp);
            var answer = await options
                .Api.CallAsync(ExchangeRoutes.SubmitReceipt, exchange.Id, request, cancellationToken)
                .ConfigureAwait(false);
            return answer with { Nrr = receipt.Text };
        }
        catch (FairShareProblem problem) when (problem.Code is "exchange-ended" or "deadline-passed" or "nonce-used")
        {
            // Which ending it was, or which other receipt of ours was accepted, and the evidence of it, is worth more than the refusal.
            return Undecided(exchange);
        }
        catch (FairShareProblem problem) when (problem.Status == CommonProblems.InvalidEvidence.Status)
        {
            // This receipt will never be accepted; the next run signs one that may be.
            exchange.Folder.ForgetReceipt();
            throw;
        }
    }

    private static ReceiptAnswer Undecided(OpenedExchange exchange) => new(exchange.Id.ToString(), nameof(ExchangeState.AwaitingReceipt));

    // Kept before it is sent: after a crash the same receipt goes out again, and the service answers with the stored outcome.
    private async Task<EvidenceToken?> SignAsync(OpenedExchange exchange, CancellationToken cancellationToken)
    {
        if (exchange.Folder.Read().Receipt is { } kept)
        {
            return EvidenceToken.Parse(kept);
        }

        if (signer is null)
        {
            return null;
        }

        client.RequireClock();
        var now = options.Time.GetUtcNow();
        if (now > exchange.Due)
        {
            // Too late to sign: what is left is to learn how it ended, which throws unless a receipt was given elsewhere.
            return null;
        }

        await RequireNoneGivenAsync(exchange, cancellationToken).ConfigureAwait(false);
        var statement = Statements.Receipt(EvidenceId.New(options.Randomness), exchange.Challenge, now, signer.Holder);
        var receipt = await EvidenceIssuer.IssueAsync(statement, signer, cancellationToken).ConfigureAwait(false);
        var bundle = new ExchangeTokens { Challenge = exchange.Challenge.Text, Receipt = receipt.Text };
        exchange.Folder.Write(bundle, client.Directory.Describe([exchange.Challenge.KeyId, receipt.KeyId]));
        return receipt;
    }

    private async Task<ReceiptAnswer> UntilEndedAsync(OpenedExchange exchange, ReceiptAnswer answer, CancellationToken cancellationToken)
    {
        if (answer is { State: nameof(ExchangeState.Completed), Nro: not null, Release: not null })
        {
            return answer;
        }

        var state = await new EndingWait(options).UntilEndedAsync(exchange.Id, exchange.Due, cancellationToken).ConfigureAwait(false);
        if (state != nameof(ExchangeState.Completed))
        {
            await new CollectOperation(client).RunAsync(exchange.Id, cancellationToken).ConfigureAwait(false);
            throw new ExchangeEndedProblem(exchange.Id.ToString(), state);
        }

        var tokens = (await options.Api.CallAsync(ExchangeRoutes.GetEvidence, exchange.Id, cancellationToken).ConfigureAwait(false)).Tokens;
        return answer with { State = state, Nro = tokens.Origin, Nrr = tokens.Receipt, Release = tokens.Release };
    }

    private async Task<VerifiedEvidence> VerifyAsync(OpenedExchange exchange, ReceiptAnswer answer, CancellationToken cancellationToken)
    {
        var bundle = new ExchangeTokens
        {
            Origin = answer.Nro,
            Challenge = exchange.Challenge.Text,
            Receipt = answer.Nrr,
            Release = answer.Release,
        };
        return await new BundleVerification(client).RunAsync(bundle, exchange.Folder, cancellationToken).ConfigureAwait(false);
    }

    private Task DownloadAsync(
        VerifiedEvidence evidence,
        ExchangeId exchange,
        string? firstUrl,
        DownloadPlace place,
        CancellationToken cancellationToken
    )
    {
        // The digest is the evidence of origin's: before the receipt there was a commitment to it, which that evidence has opened.
        var document = evidence.Evidence.Document!;
        var order = new DownloadOrder(place, document.Size, document.RequireDigest());
        return new Download(client.ObjectStore, options.Time).RunAsync(
            order,
            async stop =>
            {
                var url =
                    firstUrl ?? (await options.Api.CallAsync(ExchangeRoutes.RenewDownload, exchange, stop).ConfigureAwait(false)).FilePath;
                firstUrl = null;
                return url;
            },
            watch.Progress,
            cancellationToken
        );
    }
}
