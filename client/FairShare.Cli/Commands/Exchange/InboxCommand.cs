using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Contracts;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Cli.Commands.Exchange;

/// <summary><c>inbox</c>: what the service has delivered.</summary>
internal static class InboxCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static Command Create(CommandRunner runner)
    {
        var wait = new Option<bool>("--wait") { Description = "Wait until something arrives, and list that alone." };
        return runner.Attach(
            new Command("inbox", "List what the service delivered: receipts (step 7), releases (8) and endings (a).")
            {
                wait,
                InboxWatch.Folder,
                InboxWatch.AcceptFrom,
                WatchOptions.Interval,
                WatchOptions.Once,
            },
            async (context, cancellationToken) =>
            {
                RequireFitting(context, wait);
                if (context.Arguments.GetValue(InboxWatch.Folder) is { } folder)
                {
                    return await InboxWatch.RunAsync(context, folder, cancellationToken);
                }

                var client = await context.ConnectAsync(cancellationToken);
                var messages = context.Arguments.GetValue(wait)
                    ? await WaitAsync(client, context.Time, cancellationToken)
                    : await ReadAsync(client, cancellationToken);
                return new CommandResult(
                    new JsonObject { ["messages"] = new JsonArray([.. messages.Select(Describe)]) },
                    messages.Count == 0 ? ["Nothing."] : [.. Lines(context, messages)]
                );
            }
        );
    }

    // What would be ignored was meant for something.
    private static void RequireFitting(CommandContext context, Option wait)
    {
        var watches = context.Arguments.GetValue(InboxWatch.Folder) is not null;
        Option[] others = watches ? [wait] : [InboxWatch.AcceptFrom, WatchOptions.Interval, WatchOptions.Once];
        if (Array.Find(others, option => context.Arguments.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new CommandException(
                ExitCode.Usage,
                "usage",
                watches ? $"{given.Name} does not go with --watch." : $"{given.Name} says how to watch, and nothing is watched.",
                watches ? "Give one of them." : "Give --watch DIR, or leave it out."
            );
        }
    }

    private static Task<List<InboxMessage>> ReadAsync(FairShareClient client, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            cursor => client.Api.CallAsync(ExchangeRoutes.ListInbox, [("cursor", cursor)], cancellationToken),
            page => page.Messages,
            page => page.Cursor
        );

    private static async Task<List<InboxMessage>> WaitAsync(FairShareClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        // All that there is now: the listing may lag, so what is older than the newest may still appear.
        var known = (await ReadAsync(client, cancellationToken)).Select(IdOf).ToHashSet();
        while (true)
        {
            await Task.Delay(Interval, time, cancellationToken);
            var page = await client.Api.CallAsync(ExchangeRoutes.ListInbox, cancellationToken);
            List<InboxMessage> arrived = [.. page.Messages.Where(message => !known.Contains(IdOf(message)))];
            if (arrived.Count > 0)
            {
                return arrived;
            }
        }
    }

    private static (string, string?, string) IdOf(InboxMessage message) => (message.FileId, message.ExchangeId, message.ProtocolStep);

    private static JsonObject Describe(InboxMessage message) =>
        new()
        {
            ["protocolStep"] = message.ProtocolStep,
            ["exchangeId"] = message.ExchangeId,
            ["fileId"] = message.FileId,
            ["name"] = SubjectOf(message)?.Document.Name.ToString(),
            ["at"] = Timestamp.Format(message.At),
            ["message"] = JsonSerializer.SerializeToNode(message.Message, ContractJson.Lenient.TypeOf<InboxContent>()),
        };

    private static IEnumerable<string> Lines(CommandContext context, List<InboxMessage> messages) =>
        Columns.Lines(
            ["AT", "STEP", "WHAT", "BYTES", "NAME", "FROM", "EXCHANGE"],
            messages.Select(message =>
                new[]
                {
                    Timestamp.Format(message.At),
                    message.ProtocolStep,
                    What(message),
                    SubjectOf(message) is { } subject ? $"{subject.Document.Size}" : "-",
                    SubjectOf(message)?.Document.Name.ToString() ?? message.FileId,
                    SubjectOf(message) is { } about ? context.Names.Of(SenderOf(message, about)) : "-",
                    message.ExchangeId ?? "-",
                }
            )
        );

    private static string SenderOf(InboxMessage message, EvidenceStatement about) => message.Message.Downloader ?? about.Origin.ToString();

    // Each message has a token that says what it is about; verified it is by fairshare evidence.
    private static EvidenceStatement? SubjectOf(InboxMessage message)
    {
        var content = message.Message;
        var token = content.Nro ?? content.Nrr ?? content.Release ?? content.Refusal ?? content.Record;
        return EvidenceToken.TryParse(token ?? "", out var parsed, out _) ? parsed.Statement : null;
    }

    private static string What(InboxMessage message) =>
        message.ProtocolStep switch
        {
            "7" => "received and receipted",
            "8" => "released to you",
            _ => $"ended: {message.Message.State}",
        };
}
