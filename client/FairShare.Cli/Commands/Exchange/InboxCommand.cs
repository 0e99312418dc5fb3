using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Contracts;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary><c>inbox</c>: what the service has delivered.</summary>
internal static class InboxCommand
{
    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("inbox", "List what the service delivered: receipts (step 7), releases (8) and endings (a)."),
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var messages = await Pages.AllAsync(
                    cursor => client.Api.CallAsync(ExchangeRoutes.ListInbox, [("cursor", cursor)], cancellationToken),
                    page => page.Messages,
                    page => page.Cursor
                );
                return new CommandResult(
                    new JsonObject { ["messages"] = new JsonArray([.. messages.Select(Describe)]) },
                    messages.Count == 0 ? ["Nothing."] : [.. messages.Select(Line)]
                );
            }
        );

    private static JsonObject Describe(InboxMessage message) =>
        new()
        {
            ["protocolStep"] = message.ProtocolStep,
            ["exchangeId"] = message.ExchangeId,
            ["fileId"] = message.FileId,
            ["at"] = Timestamp.Format(message.At),
            ["message"] = JsonSerializer.SerializeToNode(message.Message, ContractJson.Lenient.TypeOf<InboxContent>()),
        };

    private static string Line(InboxMessage message) =>
        $"{Timestamp.Format(message.At)}  step {message.ProtocolStep}  {What(message)}  document {message.FileId}  "
        + $"exchange {message.ExchangeId ?? "-"}";

    private static string What(InboxMessage message) =>
        message.ProtocolStep switch
        {
            "7" => "received and receipted",
            "8" => "released to you",
            _ => $"ended: {message.Message.State}",
        };
}
