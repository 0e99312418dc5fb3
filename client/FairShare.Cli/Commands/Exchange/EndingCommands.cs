using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary><c>decline</c> and <c>abort</c>: step a, by either side.</summary>
internal static class EndingCommands
{
    public static Command Decline(CommandRunner runner)
    {
        var id = new Argument<string>("exchange") { Description = "The exchange." };
        var reason = new Option<string>("--reason")
        {
            Description = "Why: 1 to 64 lower-case letters, digits and hyphens.",
            DefaultValueFactory = _ => "not-wanted",
        };
        return runner.Attach(
            new Command("decline", "Refuse a document instead of receiving it.") { id, reason },
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var (exchange, _) = await client.ReopenAsync(ExchangeId.Parse(context.Arguments.GetRequiredValue(id)), cancellationToken);
                var ended = await client.DeclineAsync(
                    exchange,
                    context.Arguments.GetValue(reason)!,
                    await context.OpenSignerAsync(client, cancellationToken),
                    cancellationToken
                );
                return Describe(exchange, ended);
            }
        );
    }

    /// <summary>An exchange that ended otherwise than by completion.</summary>
    public static CommandResult Describe(OpenedExchange exchange, VerifiedEvidence ended) =>
        new(
            new JsonObject
            {
                ["exchangeId"] = exchange.Id.ToString(),
                ["state"] = ended.Evidence.State.ToString(),
                ["evidence"] = ended.Folder.Path,
            },
            [$"Exchange {exchange.Id} ended: {ended.Evidence.State}. Its evidence, verified, is in {ended.Folder.Path}."]
        );

    public static Command Abort(CommandRunner runner)
    {
        var id = new Argument<string>("file-id") { Description = "The document." };
        return runner.Attach(
            new Command("abort", "Withdraw a document that you deposited.") { id },
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var answer = await client.Api.CallAsync(
                    ExchangeRoutes.AbortDocument,
                    DocumentId.Parse(context.Arguments.GetRequiredValue(id)),
                    cancellationToken
                );
                return new CommandResult(
                    new JsonObject
                    {
                        ["fileId"] = answer.FileId,
                        ["abort"] = answer.Abort,
                        ["record"] = answer.Record,
                    },
                    [
                        answer.Abort switch
                        {
                            1 => $"The upload of {answer.FileId} is dropped; it was never deposited.",
                            2 => $"{answer.FileId} is deleted; nobody had received it.",
                            _ => $"{answer.FileId} is hidden from now on; it is kept, because somebody has received it.",
                        },
                    ]
                );
            }
        );
    }
}
