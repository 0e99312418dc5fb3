using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary><c>exchanges</c>: those that are open, and those that ended.</summary>
internal static class ExchangesCommand
{
    public static Command Create(CommandRunner runner)
    {
        var query = new ExchangeQuery();
        return runner.Attach(
            query.AddTo(new Command("exchanges", "List your exchanges: those that wait for your receipt, and those that ended.")),
            async (context, cancellationToken) =>
            {
                var asked = query.Read(context).ToList();
                var client = await context.ConnectAsync(cancellationToken);
                var all = await Pages.AllAsync(
                    cursor => client.Api.CallAsync(ExchangeRoutes.ListExchanges, [.. asked, ("cursor", cursor)], cancellationToken),
                    page => page.Exchanges,
                    page => page.Cursor
                );
                List<ExchangeView> shown = [.. all.DistinctBy(view => view.ExchangeId)];
                return new CommandResult(
                    new JsonObject { ["exchanges"] = new JsonArray([.. shown.Select(Describe)]) },
                    shown.Count == 0 ? ["No exchanges."] : [.. Lines(context, shown)]
                );
            }
        );
    }

    private static JsonObject Describe(ExchangeView view) =>
        new()
        {
            ["exchangeId"] = view.ExchangeId,
            ["fileId"] = view.FileId,
            ["name"] = view.Name,
            ["size"] = view.Size,
            ["uploader"] = view.Uploader,
            ["downloader"] = view.Downloader,
            ["state"] = view.State,
            ["openedAt"] = Timestamp.Format(view.OpenedAt),
            ["due"] = Timestamp.Format(view.Due),
            ["endedAt"] = view.EndedAt is { } ended ? Timestamp.Format(ended) : null,
        };

    private static IEnumerable<string> Lines(CommandContext context, List<ExchangeView> views) =>
        Columns.Lines(
            ["EXCHANGE", "STATE", "OPENED", "DUE OR ENDED", "BYTES", "NAME", "FROM", "TO"],
            views.Select(view =>
                new[]
                {
                    view.ExchangeId,
                    view.State,
                    Timestamp.Format(view.OpenedAt),
                    Timestamp.Format(view.EndedAt ?? view.Due),
                    $"{view.Size}",
                    view.Name ?? "-",
                    context.Names.Of(view.Uploader),
                    context.Names.Of(view.Downloader),
                }
            )
        );
}
