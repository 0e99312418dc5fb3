using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.States;

namespace FairShare.Client.Exchange;

/// <summary>
/// Finds the party's exchange of a document that a further receipt would only repeat: one that completed, or one that is open. The service
/// is asked, which knows what was begun elsewhere and what this profile never heard the answer to.
/// </summary>
internal sealed class FindOperation(FairShareClient client)
{
    private readonly FairShareClientOptions options = client.Options;

    public async Task<StandingExchange?> RunAsync(DocumentView document, CancellationToken cancellationToken)
    {
        ExchangeView? open = null;
        string? cursor = null;
        do
        {
            var page = await options
                .Api.CallAsync(ExchangeRoutes.ListExchanges, [("cursor", cursor)], cancellationToken)
                .ConfigureAwait(false);
            var own = page.Exchanges.Where(view => view.FileId == document.FileId && view.Downloader == options.Party.ToString()).ToList();
            if (own.Find(view => view.State == nameof(ExchangeState.Completed)) is { } completed)
            {
                return await ReopenAsync(completed, cancellationToken).ConfigureAwait(false);
            }

            open ??= own.Find(view => view.State == nameof(ExchangeState.AwaitingReceipt));
            // What ended before the document was deposited was about others.
            cursor = page.Exchanges.Any(view => view.EndedAt < document.DepositedAt) ? null : page.Cursor;
        } while (cursor is not null);

        return open is null ? null : await UnlessEndedAsync(open, cancellationToken).ConfigureAwait(false);
    }

    // Past its deadline it ends any moment, and a receipt that was handed in elsewhere may still complete it.
    private async Task<StandingExchange?> UnlessEndedAsync(ExchangeView open, CancellationToken cancellationToken)
    {
        if (options.Time.GetUtcNow() > open.Due)
        {
            var id = ExchangeId.Parse(open.ExchangeId);
            var state = await new EndingWait(options).UntilEndedAsync(id, open.Due, cancellationToken).ConfigureAwait(false);
            if (state != nameof(ExchangeState.Completed))
            {
                return null;
            }

            open = open with { State = state };
        }

        return await ReopenAsync(open, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StandingExchange> ReopenAsync(ExchangeView view, CancellationToken cancellationToken) =>
        await new ReopenOperation(client).RunAsync(view, cancellationToken).ConfigureAwait(false);
}
