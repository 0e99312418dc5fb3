using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary><c>exchanges</c>: those that are open, and those that ended.</summary>
internal static class ExchangesCommand
{
    private const string Open = "AwaitingReceipt";

    public static Command Create(CommandRunner runner)
    {
        var open = new Option<bool>("--open") { Description = "List only those that wait for your receipt." };
        return runner.Attach(
            new Command("exchanges", "List your exchanges: those that wait for your receipt, and those that ended.") { open },
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var all = await Pages.AllAsync(
                    cursor => client.Api.CallAsync(ExchangeRoutes.ListExchanges, [("cursor", cursor)], cancellationToken),
                    page => page.Exchanges,
                    page => page.Cursor
                );
                var only = context.Arguments.GetValue(open);
                List<ExchangeView> shown = [.. all.DistinctBy(view => view.ExchangeId).Where(view => !only || view.State == Open)];
                return new CommandResult(
                    new JsonObject { ["exchanges"] = new JsonArray([.. shown.Select(Describe)]) },
                    shown.Count == 0 ? ["No exchanges."] : [.. shown.Select(view => Line(view, client))]
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

    private static string Line(ExchangeView view, FairShareClient client)
    {
        var when = view.EndedAt is { } ended ? $"since {Timestamp.Format(ended)}" : $"until {Timestamp.Format(view.Due)}";
        var other = view.Downloader == client.Party.ToString() ? $"from {view.Uploader}" : $"to {view.Downloader}";
        return $"{view.ExchangeId}  {view.State, -15}  {when}  {view.Size, 13}  {view.Name}  {other}";
    }
}
