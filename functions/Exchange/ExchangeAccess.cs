using FairShare.Aws.Exchange;
using FairShare.Aws.Objects;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Exchange;

/// <summary>How handlers come by an exchange, and by the document behind it.</summary>
internal static class ExchangeAccess
{
    /// <summary>Finds an exchange of the downloader.</summary>
    public static async Task<ExchangeRecord> RequireOpenedAsync(
        this FunctionServices services,
        ExchangeId id,
        PartyId downloader,
        CancellationToken cancellationToken
    ) =>
        await services.FindStartedAsync(id, downloader, cancellationToken) is { } exchange && exchange.Downloader == downloader
            ? exchange
            : throw ExchangeProblems.ExchangeNotFound.With("You have no such exchange as its downloader.");

    /// <summary>Finds an exchange that the party is one of the two of.</summary>
    public static async Task<ExchangeRecord> RequireExchangeAsync(
        this FunctionServices services,
        ExchangeId id,
        PartyId party,
        CancellationToken cancellationToken
    ) =>
        await services.FindStartedAsync(id, party, cancellationToken) is { } exchange && exchange.Involves(party)
            ? exchange
            : throw ExchangeProblems.ExchangeNotFound.With("You have no such exchange.");

    // Step 4 answers when the execution is accepted; its workflow records the exchange a moment later. Only an exchange that the party has
    // started itself is worth waiting for: step 4 noted it.
    private static async Task<ExchangeRecord?> FindStartedAsync(
        this FunctionServices services,
        ExchangeId id,
        PartyId party,
        CancellationToken cancellationToken
    )
    {
        var found = await services.Exchanges.FindAsync(id, cancellationToken);
        return found is null && await services.Usage.HasStartedAsync(party, id, cancellationToken)
            ? await services.Wait.UntilAsync(
                () => services.Exchanges.FindAsync(id, cancellationToken),
                again => again is not null,
                cancellationToken
            )
            : found;
    }

    /// <summary>Hands something to the workflow's wait, and waits for a moment for the ending that it brings about.</summary>
    /// <param name="services">The function's services.</param>
    /// <param name="exchange">The exchange, which had not ended when it was read.</param>
    /// <param name="signal">Hands it over under a task token; false when nobody waits under that token any more.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The exchange: ended, or not yet and then what was handed over is in the workflow's hands.</returns>
    /// <exception cref="Core.Errors.ProtocolException"><c>busy</c>: nobody took it, and no ending says why.</exception>
    public static async Task<ExchangeRecord> SignalAsync(
        this FunctionServices services,
        ExchangeRecord exchange,
        Func<string, Task<bool>> signal,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var token = RequireTaskToken(exchange);
            var taken = await signal(token);
            var seen = await services.Wait.UntilAsync(
                async () => await services.Exchanges.FindAsync(exchange.Id, cancellationToken) ?? exchange,
                found => found.Ending is not null || (!taken && found.TaskToken != token),
                cancellationToken
            );
            if (taken || seen.Ending is not null)
            {
                return seen;
            }

            // A wait that was opened again has another token, and what could not be handed over under the old one is under the new.
            exchange = seen.TaskToken != token ? seen : throw CommonProblems.Busy.With("The exchange is about to end; repeat the request.");
        }
    }

    /// <summary>A short-lived GET of the version that the challenge pins.</summary>
    public static Task<PresignedRequest> DownloadOfAsync(this FunctionServices services, ExchangeRecord exchange) =>
        services.Bucket.PresignDownloadAsync(exchange.Challenge.Statement.Document);

    /// <summary>Refuses a nonce that is not the challenge's.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>wrong-nonce</c>, or <c>invalid-nonce</c> for what is none.</exception>
    public static void RequireNonce(this ExchangeRecord exchange, string nonce)
    {
        if (Nonce.Parse(nonce) != exchange.Challenge.Statement.Nonce)
        {
            throw CommonProblems.WrongNonce.With("The nonce is not the challenge's.");
        }
    }

    /// <summary>The path under which the exchange is seen.</summary>
    public static string Location(this ExchangeRecord exchange) => ExchangeRoutes.GetExchange.PathOf(exchange.Id.ToString());

    private static string RequireTaskToken(ExchangeRecord exchange) =>
        exchange.TaskToken ?? throw new InvalidOperationException($"The exchange {exchange.Id} awaits its receipt but has no task token.");
}
