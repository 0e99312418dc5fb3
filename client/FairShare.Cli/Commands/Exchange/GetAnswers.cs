using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.States;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>What <c>get</c> answers.</summary>
internal static class GetAnswers
{
    /// <summary>The challenge is in hand, and nothing is signed.</summary>
    public static CommandResult Opened(CommandContext context, OpenedExchange exchange)
    {
        var goOn = Standing.Command(exchange, context, context.Arguments.GetValue(GetCommand.Out));
        return new(
            Describe(exchange, ExchangeState.AwaitingReceipt),
            [
                $"Exchange {exchange.Id}: {exchange.Document.Name}, {exchange.Document.Size} bytes, {Words.Of(exchange.Document)}.",
                $"Nothing is signed. Until {Timestamp.Format(exchange.Due)}: {goOn}, or fairshare decline {exchange.Id}",
            ]
        );
    }

    /// <summary>A receipt was given before, or none can be any more.</summary>
    public static CommandResult NoMore(CommandContext context, StandingExchange standing) =>
        new(
            Describe(standing.Exchange, standing.State),
            [
                $"Exchange {standing.Exchange.Id}: {standing.Exchange.Document.Name}, {standing.State}. It needs no receipt any more.",
                $"To see what came of it: {Standing.Command(standing.Exchange, context, context.Arguments.GetValue(GetCommand.Out))}",
            ]
        );

    /// <summary>The document is where it should be.</summary>
    public static CommandResult Received(OpenedExchange exchange, ReceivedDocument received, bool wasThere)
    {
        var json = Describe(exchange, received.Evidence.Evidence.State);
        json["path"] = received.Path;
        json["digest"] = received.Evidence.Evidence.Document?.Digest?.Value.ToString();
        json["evidence"] = received.Evidence.Folder.Path;
        return new CommandResult(
            json,
            [
                $"{(wasThere ? "You have it already:" : "Received")} {received.Path} ({exchange.Document.Size} bytes), "
                    + "digest as the evidence of origin says.",
                $"The evidence of exchange {exchange.Id}, verified, is in {received.Evidence.Folder.Path}.",
            ]
        );
    }

    private static JsonObject Describe(OpenedExchange exchange, ExchangeState state) =>
        new()
        {
            ["exchangeId"] = exchange.Id.ToString(),
            ["fileId"] = exchange.Document.Id.ToString(),
            ["name"] = exchange.Document.Name.ToString(),
            ["size"] = exchange.Document.Size,
            ["digest"] = exchange.Document.Digest?.Value.ToString(),
            ["commitment"] = exchange.Document.Commitment?.ToString(),
            ["due"] = Timestamp.Format(exchange.Due),
            ["state"] = state.ToString(),
            ["evidence"] = exchange.Folder.Path,
        };
}
