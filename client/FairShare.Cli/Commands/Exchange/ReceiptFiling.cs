using System.Text;
using System.Text.Json.Nodes;
using FairShare.Client.Bundles;
using FairShare.Client.Exchange;
using FairShare.Client.Watching;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>
/// Files the evidence of each exchange of a sent document as a bundle, in the folder <c>receipts</c> of the watched one. A bundle is
/// written as soon as the exchange has ended, and once more when the log has what is in it.
/// </summary>
internal sealed class ReceiptFiling(CommandContext context, WatchLoop loop, FairShareClient client, WatchJournal journal, string watched)
{
    private const int LongestName = 200;

    // The listing may lag, and clocks may differ.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    // The log takes what is new within minutes; where it does not, the bundle stands without it.
    private static readonly TimeSpan LogPatience = TimeSpan.FromMinutes(15);

    private readonly string folder = Path.Combine(watched, "receipts");
    private readonly HashSet<string> said = [];

    /// <summary>Notes, before the first file is sent, that nothing was: what ends while others are sent is filed.</summary>
    public void Begin() => journal.Floor ??= context.Time.GetUtcNow() - Margin;

    /// <summary>Files what has ended since the last time.</summary>
    /// <returns>Whether nothing waits for the log any more.</returns>
    public async Task<bool> FileAsync(CancellationToken cancellationToken)
    {
        var (now, floor, isDone) = (context.Time.GetUtcNow(), journal.Floor, true);
        string? cursor = null;
        do
        {
            var page = await client.Api.CallAsync(ExchangeRoutes.ListInbox, [("cursor", cursor)], cancellationToken);
            foreach (var message in page.Messages.Where(message => message.At >= floor))
            {
                isDone &= await FileAsync(message, cancellationToken);
            }

            cursor = page.Messages.Any(message => message.At < floor) ? null : page.Cursor;
        } while (cursor is not null);

        if (isDone)
        {
            journal.Floor = now - Margin;
        }

        return isDone;
    }

    private async Task<bool> FileAsync(InboxMessage message, CancellationToken cancellationToken)
    {
        if (
            message.ExchangeId is not { } exchange
            || !journal.Sent.TryGetValue(message.FileId, out var entry)
            || entry.Filed.Contains(exchange)
        )
        {
            return true;
        }

        if (loop.IsDue(exchange))
        {
            await loop.AttemptAsync(exchange, () => FileAsync(message, exchange, entry, cancellationToken));
        }

        return journal.Sent[message.FileId].Filed.Contains(exchange);
    }

    private async Task FileAsync(InboxMessage message, string exchange, WatchedFile entry, CancellationToken cancellationToken)
    {
        var evidence = await client.GetEvidenceAsync(ExchangeId.Parse(exchange), cancellationToken);
        var bundle = new EvidenceBundle(Path.Combine(folder, $"{Shorten(entry.Name)}.{exchange}.zip"));
        Directory.CreateDirectory(folder);
        var log = await client.WriteBundleAsync(evidence, bundle, [], null, cancellationToken);
        if (said.Add(exchange))
        {
            Say(message, exchange, entry, bundle.Path);
        }

        if (log is not null || context.Time.GetUtcNow() > message.At + LogPatience)
        {
            journal.Note(entry with { Filed = [.. entry.Filed, exchange] });
        }
    }

    private void Say(InboxMessage message, string exchange, WatchedFile entry, string path) =>
        loop.Say(
            new JsonObject
            {
                ["event"] = "ended",
                ["file"] = entry.Name,
                ["fileId"] = message.FileId,
                ["exchangeId"] = exchange,
                ["state"] = message.Message.State,
                ["downloader"] = message.Message.Downloader,
                ["evidence"] = path,
            },
            $"{entry.Name}: {message.Message.State} with {context.Names.Of(message.Message.Downloader ?? "")}; the evidence is in {path}."
        );

    // A name may be as long as a file's may be, and something is put behind it.
    private static string Shorten(string name)
    {
        var kept = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(kept.ToString()) + rune.Utf8SequenceLength > LongestName)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.ToString();
    }
}
