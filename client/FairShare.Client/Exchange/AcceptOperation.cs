using FairShare.Client.Evidence;
using FairShare.Client.Files;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Transfers;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Client.Exchange;

/// <summary>Steps 6 and 8, and the download.</summary>
internal sealed class AcceptOperation(FairShareClient client, IPartySigner signer, TransferWatch watch)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    // After its deadline an exchange ends by itself, within this.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly FairShareClientOptions options = client.Options;
    private readonly StepReporter steps = new(watch.Steps, client.Options.Time);

    public async Task<ReceivedDocument> RunAsync(OpenedExchange exchange, string folder, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(Path.Combine(folder, SafeFileName.From(exchange.Document.Name)));
        if (File.Exists(target))
        {
            throw new IOException($"{target} exists already.");
        }

        Directory.CreateDirectory(folder);
        var receipt = await SignAsync(exchange, cancellationToken).ConfigureAwait(false);
        steps.Note("6", "B", "TDS", $"evidence of receipt (NRR) {receipt.Hash}");
        var answer = await SubmitAsync(exchange, receipt, cancellationToken).ConfigureAwait(false);
        answer = await UntilEndedAsync(exchange, answer, cancellationToken).ConfigureAwait(false);
        var evidence = await VerifyAsync(exchange, receipt, answer, cancellationToken).ConfigureAwait(false);
        steps.Note("8", "TDS", "B", "evidence of origin (NRO), release record, presigned download");
        await DownloadAsync(evidence, exchange.Id, answer.FilePath, target, cancellationToken).ConfigureAwait(false);
        steps.Note("download", "S3", "B", $"{exchange.Document.Size} bytes, digest as the NRO says");
        return new ReceivedDocument(target, evidence);
    }

    private async Task<ReceiptAnswer> SubmitAsync(OpenedExchange exchange, EvidenceToken receipt, CancellationToken cancellationToken)
    {
        try
        {
            var request = new ReceiptRequest(exchange.Challenge.Statement.Nonce!.Value.ToString(), receipt.Text);
            return await options.Api.CallAsync(ExchangeRoutes.SubmitReceipt, exchange.Id, request, cancellationToken).ConfigureAwait(false);
        }
        catch (FairShareProblem problem) when (problem.Code is "exchange-ended" or "deadline-passed")
        {
            // Which ending it was, and the evidence of it, is worth more than the refusal.
            return Undecided(exchange);
        }
    }

    private static ReceiptAnswer Undecided(OpenedExchange exchange) => new(exchange.Id.ToString(), nameof(ExchangeState.AwaitingReceipt));

    // Kept before it is sent: after a crash the same receipt goes out again, and the service answers with the stored outcome.
    private async Task<EvidenceToken> SignAsync(OpenedExchange exchange, CancellationToken cancellationToken)
    {
        if (exchange.Folder.Read().Receipt is { } kept)
        {
            return EvidenceToken.Parse(kept);
        }

        var now = options.Time.GetUtcNow();
        if (now > exchange.Due)
        {
            // Too late to sign: what is left is to learn how it ended, which throws unless a receipt was given elsewhere.
            return EvidenceToken.Parse(
                (await UntilEndedAsync(exchange, Undecided(exchange), cancellationToken).ConfigureAwait(false)).Nrr!
            );
        }

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

        var state = await PollAsync(exchange, cancellationToken).ConfigureAwait(false);
        if (state != nameof(ExchangeState.Completed))
        {
            await new CollectOperation(client).RunAsync(exchange.Id, cancellationToken).ConfigureAwait(false);
            throw new ExchangeEndedProblem(exchange.Id.ToString(), state);
        }

        var tokens = (await options.Api.CallAsync(ExchangeRoutes.GetEvidence, exchange.Id, cancellationToken).ConfigureAwait(false)).Tokens;
        return answer with { State = state, Nro = tokens.Origin, Nrr = tokens.Receipt, Release = tokens.Release };
    }

    private async Task<string> PollAsync(OpenedExchange exchange, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = (
                await options.Api.CallAsync(ExchangeRoutes.GetExchange, exchange.Id, cancellationToken).ConfigureAwait(false)
            ).State;
            if (state != nameof(ExchangeState.AwaitingReceipt))
            {
                return state;
            }

            if (options.Time.GetUtcNow() > exchange.Due + Grace)
            {
                throw new FairShareProblem(
                    "undecided",
                    202,
                    $"The service has not ended the exchange {exchange.Id}, long after its deadline."
                );
            }

            await Task.Delay(PollInterval, options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<VerifiedEvidence> VerifyAsync(
        OpenedExchange exchange,
        EvidenceToken receipt,
        ReceiptAnswer answer,
        CancellationToken cancellationToken
    )
    {
        var bundle = new ExchangeTokens
        {
            Origin = answer.Nro,
            Challenge = exchange.Challenge.Text,
            Receipt = receipt.Text,
            Release = answer.Release,
        };
        return await new BundleVerification(client).RunAsync(bundle, exchange.Folder, cancellationToken).ConfigureAwait(false);
    }

    private Task DownloadAsync(
        VerifiedEvidence evidence,
        ExchangeId exchange,
        string? firstUrl,
        string target,
        CancellationToken cancellationToken
    )
    {
        // The digest is the evidence of origin's: before the receipt there was a commitment to it, which that evidence has opened.
        var document = evidence.Evidence.Document!;
        var order = new DownloadOrder(target, document.Size, document.RequireDigest());
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
