using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Watching;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary><c>watch</c>: sends what appears in a folder, and files the receipts for it.</summary>
internal static class WatchCommand
{
    private static readonly Argument<string> Folder = new("folder") { Description = "The folder whose files are sent." };

    private static readonly Option<string[]> To = new("--to")
    {
        Description = "Who may ask for the documents: a contact's name, an address, or a party id; repeat it for more.",
        HelpName = "WHO",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> Open = new("--open") { Description = "Let every party of the service ask for the documents." };

    private static readonly Option<int> Settle = new("--settle")
    {
        Description = "Seconds for which a file must look the same before it is sent, 0 to 3600 (default: 2).",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 2,
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("watch", "Send what appears in a folder, and file the receipts, until interrupted.")
            {
                Folder,
                To,
                Open,
                Settle,
                WatchOptions.Interval,
                WatchOptions.Once,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(context.Arguments.GetRequiredValue(Folder));
        if (!Directory.Exists(folder))
        {
            throw new CommandException(ExitCode.LocalFile, "folder-not-found", $"{folder} is not a folder.", "Make it, or give another.");
        }

        var audience = new PutAudience(context, context.Arguments.GetValue(To)!, context.Arguments.GetValue(Open));
        var settle = WatchOptions.Seconds(context, Settle, 0, 3600);
        using var held = WatchLock.Take(context, "send", folder);
        var journal = new WatchJournal(held.Folder, new SystemRandomness());
        var client = await context.ConnectAsync(cancellationToken);
        client.RequireClock();
        var parties = await audience.ResolveAsync(client, cancellationToken);
        RequireSameReaders(journal, parties, folder);
        var signer = await context.OpenSignerAsync(client, cancellationToken);
        var loop = new WatchLoop(context);
        var sending = new FolderSending(loop, client, signer, parties, journal);
        var filing = new ReceiptFiling(context, loop, client, journal, folder);
        var files = new SettledFiles(folder, settle, context.Time);
        filing.Begin();
        await loop.RunAsync(
            async stop =>
            {
                var isSettled = await sending.SendAsync(files.Look(), stop);
                return await filing.FileAsync(stop) && isSettled && !files.HasUnsettled;
            },
            cancellationToken
        );
        return new CommandResult(
            new JsonObject { ["sent"] = journal.Sent.Count, ["stopped"] = true },
            [$"Stopped. {journal.Sent.Count} documents of this folder were sent, in all."],
            loop.HasFailures ? ExitCode.Refused : ExitCode.Ok
        );
    }

    // A file is sent once: to other readers it would not be sent, and nobody would be told.
    private static void RequireSameReaders(WatchJournal journal, IReadOnlyList<PartyId> parties, string folder)
    {
        var readers =
            parties.Count == 0 ? "everybody" : string.Join(' ', parties.Select(party => $"{party}").Order(StringComparer.Ordinal));
        if (!journal.TryAddress(readers))
        {
            throw new CommandException(
                ExitCode.LocalFile,
                "other-readers",
                $"The files of {folder} were sent to others so far, and each is sent once.",
                "Give the same recipients as before, or watch another folder for these."
            );
        }
    }
}
