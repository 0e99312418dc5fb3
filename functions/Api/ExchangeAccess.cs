using FairShare.Aws.Exchanges;
using FairShare.Aws.Objects;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Protocol.Identifiers;

namespace FairShare.Functions.Api;

/// <summary>How handlers come by an exchange, and by the document behind it.</summary>
internal static class ExchangeAccess
{
    /// <summary>Finds an exchange of the downloader.</summary>
    public static async Task<ExchangeRecord> RequireOpenedAsync(
        this FunctionServices services, ExchangeId id, PartyId downloader, CancellationToken cancellationToken) =>
        await services.FindStartedAsync(id, cancellationToken) is { } exchange && exchange.Downloader == downloader
            ? exchange
            : throw Problems.ExchangeNotFound.With("You have no such exchange as its downloader.");

    /// <summary>Finds an exchange that the party is one of the two of.</summary>
    public static async Task<ExchangeRecord> RequireExchangeAsync(
        this FunctionServices services, ExchangeId id, PartyId party, CancellationToken cancellationToken) =>
        await services.FindStartedAsync(id, cancellationToken) is { } exchange && exchange.Involves(party)
            ? exchange
            : throw Problems.ExchangeNotFound.With("You have no such exchange.");

    // Step 4 answers when the execution is accepted; its workflow records the exchange a moment later.
    private static Task<ExchangeRecord?> FindStartedAsync(this FunctionServices services, ExchangeId id, CancellationToken cancellationToken) =>
        services.Wait.UntilAsync(() => services.Exchanges.FindAsync(id, cancellationToken), found => found is not null, cancellationToken);

    /// <summary>Waits, for a moment only, for the ending that a signal to the workflow brings about.</summary>
    /// <returns>The exchange, ended or not.</returns>
    public static Task<ExchangeRecord> WaitForEndingAsync(this FunctionServices services, ExchangeRecord exchange, CancellationToken cancellationToken) =>
        services.Wait.UntilAsync(
            async () => await services.Exchanges.FindAsync(exchange.Id, cancellationToken) ?? exchange,
            found => found.Ending is not null,
            cancellationToken);

    /// <summary>A short-lived GET of the version that the challenge pins.</summary>
    public static Task<PresignedRequest> DownloadOfAsync(this FunctionServices services, ExchangeRecord exchange) =>
        services.Bucket.PresignDownloadAsync(exchange.Challenge.Statement.Document);

    /// <summary>The token that ends the exchange's wait.</summary>
    public static string RequireTaskToken(this FunctionServices services, ExchangeRecord exchange) =>
        exchange.TaskToken ?? throw new InvalidOperationException($"The exchange {exchange.Id} awaits its receipt but has no task token.");
}
