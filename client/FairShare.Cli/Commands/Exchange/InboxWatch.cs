using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Client.Watching;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.States;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>
/// <c>inbox --watch</c>: receives documents into a folder, from whom receipts may be given without asking. Each is received once, into a
/// folder of its own; one that was refused by hand is left alone.
/// </summary>
internal sealed class InboxWatch(CommandContext context, string folder, IReadOnlyList<PartyId> accepted)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private readonly WatchLoop loop = new(context);
    private readonly HashSet<string> left = [];
    private readonly string policy = string.Join(' ', accepted.Select(party => $"{party}").Order(StringComparer.Ordinal));

    public static Option<string?> Folder { get; } =
        new("--watch")
        {
            Description = "Receive documents into this folder until interrupted, without asking, from whom --accept-from names.",
            HelpName = "DIR",
        };

    public static Option<string[]> AcceptFrom { get; } =
        new("--accept-from")
        {
            Description = "Whose documents may be receipted without asking: a contact's name, an address or a party id; repeatable.",
            HelpName = "WHO",
            DefaultValueFactory = _ => [],
        };

    /// <summary>Runs it, as the command's options say.</summary>
    /// <exception cref="CommandException"><c>no-policy</c>: nobody is named.</exception>
    public static async Task<CommandResult> RunAsync(CommandContext context, string given, CancellationToken cancellationToken)
    {
        var accepted = (context.Arguments.GetValue(AcceptFrom) ?? []).Select(context.Names.Resolve).Distinct().ToList();
        if (accepted.Count == 0)
        {
            throw new CommandException(
                ExitCode.Usage,
                "no-policy",
                "Receipts would be signed without asking, and nobody is named from whom.",
                "Nothing was opened or signed. Give --accept-from WHO, once or more."
            );
        }

        var folder = Directory.CreateDirectory(given).FullName;
        using var held = WatchLock.Take(context, "receive", folder);
        var journal = new CollectionJournal(held.Folder);
        var client = await context.ConnectAsync(cancellationToken);
        client.RequireClock();
        // Before the first receipt, so that a key that does not open ends it.
        _ = await context.OpenSignerAsync(client, cancellationToken);
        return await new InboxWatch(context, folder, accepted).RunAsync(client, journal, cancellationToken);
    }

    private async Task<CommandResult> RunAsync(FairShareClient client, CollectionJournal journal, CancellationToken cancellationToken)
    {
        await loop.RunAsync(stop => CollectAsync(client, journal, stop), cancellationToken);
        return new CommandResult(
            new JsonObject { ["stopped"] = true },
            ["Stopped; what was received is kept."],
            loop.HasFailures ? ExitCode.Refused : ExitCode.Ok
        );
    }

    private async Task<bool> CollectAsync(FairShareClient client, CollectionJournal journal, CancellationToken cancellationToken)
    {
        var (now, floor, isDone) = (context.Time.GetUtcNow(), journal.FloorOf(policy), true);
        string? cursor = null;
        do
        {
            var page = await client.Api.CallAsync(ExchangeRoutes.ListDocuments, [("cursor", cursor)], cancellationToken);
            var others = page.Documents.Where(document => document.Uploader != $"{client.Party}");
            foreach (var document in others.Where(document => !journal.IsDone(document.FileId)))
            {
                isDone &= await CollectAsync(client, journal, document, cancellationToken);
            }

            cursor = page.Documents.Any(document => document.DepositedAt < floor) ? null : page.Cursor;
        } while (cursor is not null);

        if (isDone)
        {
            journal.NoteFloor(now - Margin, policy);
        }

        return isDone;
    }

    private async Task<bool> CollectAsync(
        FairShareClient client,
        CollectionJournal journal,
        DocumentView document,
        CancellationToken cancellationToken
    )
    {
        if (!accepted.Contains(PartyId.Parse(document.Uploader)))
        {
            Leave(document);
            return true;
        }

        if (loop.IsDue(document.FileId))
        {
            await loop.AttemptAsync(document.FileId, () => ReceiveAsync(client, journal, document, cancellationToken));
        }

        return journal.IsDone(document.FileId);
    }

    private async Task ReceiveAsync(
        FairShareClient client,
        CollectionJournal journal,
        DocumentView document,
        CancellationToken cancellationToken
    )
    {
        var found = await client.FindAsync(DocumentId.Parse(document.FileId), document.DepositedAt, cancellationToken);
        if (found is { Standing: null, Last: { } last } && await WasDeclinedAsync(client, last, cancellationToken))
        {
            journal.Note(new CollectedDocument(document.FileId, "Declined", last.ToString()));
            return;
        }

        var opening = new Opening(context, client, found.Last);
        var place = Directory.CreateDirectory(Path.Combine(folder, document.FileId)).FullName;
        var result = await new Reception(context, client, place, agreed: true).RunAsync(
            found.Standing,
            document,
            note => opening.RunAsync(document, note, cancellationToken),
            _ => { },
            cancellationToken
        );
        journal.Note(new CollectedDocument(document.FileId, "Received", $"{result.Json["exchangeId"]}"));
        var said = result.Json.DeepClone().AsObject();
        said["event"] = "received";
        said["from"] = document.Uploader;
        loop.Say(said, result.Lines);
    }

    private static async Task<bool> WasDeclinedAsync(FairShareClient client, ExchangeId exchange, CancellationToken cancellationToken) =>
        (await client.Api.CallAsync(ExchangeRoutes.GetExchange, exchange, cancellationToken)).State == nameof(ExchangeState.Declined);

    // What nobody may receipt without asking waits for somebody.
    private void Leave(DocumentView document)
    {
        if (left.Add(document.FileId))
        {
            loop.Say(
                new JsonObject
                {
                    ["event"] = "left",
                    ["fileId"] = document.FileId,
                    ["name"] = document.Name,
                    ["from"] = document.Uploader,
                },
                $"Left {document.Name} from {context.Names.Of(document.Uploader)}: fairshare get {document.FileId} receives it."
            );
        }
    }
}
