using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.States;

namespace FairShare.Client.Exchange;

/// <summary>What the service knows of a party's exchanges of one document.</summary>
/// <param name="Standing">One that completed, or is open, so that a further receipt would only repeat it; null for none.</param>
/// <param name="Last">The one that ended last, otherwise than by completion; null for none.</param>
public sealed record DocumentExchanges(StandingExchange? Standing, ExchangeId? Last);

/// <summary>
/// Finds the party's exchange of a document that a further receipt would only repeat: one that completed, or one that is open. The service
/// is asked, which knows what was begun elsewhere and what this profile never heard the answer to.
/// </summary>
internal sealed class FindOperation(FairShareClient client)
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    private readonly FairShareClientOptions options = client.Options;

    /// <param name="document">The document.</param>
    /// <param name="since">When it was deposited: what ended before is not looked at; null looks at all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<DocumentExchanges> RunAsync(DocumentId document, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var ended = new List<ExchangeView>();
        ExchangeView? open = null;
        string? cursor = null;
        do
        {
            var page = await options
                .Api.CallAsync(ExchangeRoutes.ListExchanges, [.. QueryOf(document, since), ("cursor", cursor)], cancellationToken)
                .ConfigureAwait(false);
            var own = page
                .Exchanges.Where(view => view.FileId == document.ToString() && view.Downloader == options.Party.ToString())
                .ToList();
            if (own.Find(view => view.State == nameof(ExchangeState.Completed)) is { } completed)
            {
                return new(await ReopenAsync(completed, cancellationToken).ConfigureAwait(false), null);
            }

            ended.AddRange(own.Where(view => view.State != nameof(ExchangeState.AwaitingReceipt)));
            open ??= own.Find(view => view.State == nameof(ExchangeState.AwaitingReceipt));
            cursor = page.Cursor;
        } while (cursor is not null);

        var standing = open is null ? null : await UnlessEndedAsync(open, cancellationToken).ConfigureAwait(false);
        if (standing is null && open is not null)
        {
            ended.Add(open);
        }

        var last = ended.OrderBy(view => view.OpenedAt).ThenBy(view => view.ExchangeId, StringComparer.Ordinal).LastOrDefault();
        return new(standing, last is null ? null : ExchangeId.Parse(last.ExchangeId));
    }

    /// <summary>
    /// The same of what was begun lately alone, which is all that can have completed since the party looked: one call.
    /// </summary>
    public async Task<StandingExchange?> FindGivenAsync(DocumentId document, CancellationToken cancellationToken)
    {
        var since = options.Time.GetUtcNow() - Lately;
        var page = await options
            .Api.CallAsync(ExchangeRoutes.ListExchanges, QueryOf(document, since), cancellationToken)
            .ConfigureAwait(false);
        var completed = page.Exchanges.FirstOrDefault(view =>
            view.FileId == document.ToString()
            && view.Downloader == options.Party.ToString()
            && view.State == nameof(ExchangeState.Completed)
        );
        return completed is null ? null : await ReopenAsync(completed, cancellationToken).ConfigureAwait(false);
    }

    // What ended before the document was deposited was about others.
    private static IEnumerable<(string Name, string? Value)> QueryOf(DocumentId document, DateTimeOffset? since) =>
        [("role", "downloader"), ("document", document.ToString()), ("since", since is { } time ? Timestamp.Format(time) : null)];

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
