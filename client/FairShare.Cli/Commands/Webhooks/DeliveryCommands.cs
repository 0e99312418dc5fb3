using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Commands.Exchange;
using FairShare.Cli.Output;
using FairShare.Contracts.Webhooks;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Webhooks;

/// <summary><c>webhooks deliveries</c> and <c>webhooks replay</c>: what was sent, what waits and what is dead.</summary>
internal static class DeliveryCommands
{
    private const string DeadState = "Dead";

    public static Command List(CommandRunner runner)
    {
        var id = WebhookCommands.Id();
        var dead = new Option<bool>("--dead") { Description = "List only what is not attempted any more." };
        return runner.Attach(
            new Command("deliveries", "List what was sent to an endpoint in the last thirty days, what waits and what is dead.")
            {
                id,
                dead,
            },
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var all = await Pages.AllAsync(
                    cursor =>
                        client.Api.CallAsync(
                            WebhookRoutes.ListWebhookDeliveries,
                            WebhookCommands.Read(context, id),
                            [("cursor", cursor)],
                            cancellationToken
                        ),
                    page => page.Deliveries,
                    page => page.Cursor
                );
                var only = context.Arguments.GetValue(dead);
                List<WebhookDelivery> shown = [.. all.Where(delivery => !only || delivery.State == DeadState)];
                return new CommandResult(
                    new JsonObject { ["deliveries"] = new JsonArray([.. shown.Select(Describe)]) },
                    shown.Count == 0 ? ["Nothing."] : [.. Lines(shown)]
                );
            }
        );
    }

    public static Command Replay(CommandRunner runner)
    {
        var id = WebhookCommands.Id();
        var message = new Argument<string>("message") { Description = "The message's id, as webhooks deliveries shows it." };
        return runner.Attach(
            new Command("replay", "Have a message sent again, under the same id.") { id, message },
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var replayed = await client.Api.CallAsync(
                    WebhookRoutes.ReplayWebhookDelivery,
                    WebhookCommands.Read(context, id),
                    new ReplayRequest(context.Arguments.GetRequiredValue(message)),
                    cancellationToken
                );
                return new CommandResult(
                    Describe(replayed),
                    [$"{replayed.MessageId} is sent again{(replayed.NextAttemptAt is { } next ? $" at {Timestamp.Format(next)}" : "")}."]
                );
            }
        );
    }

    private static JsonObject Describe(WebhookDelivery delivery) =>
        new()
        {
            ["messageId"] = delivery.MessageId,
            ["state"] = delivery.State,
            ["at"] = Timestamp.Format(delivery.At),
            ["attempts"] = delivery.Attempts,
            ["lastAttemptAt"] = delivery.LastAttemptAt is { } last ? Timestamp.Format(last) : null,
            ["nextAttemptAt"] = delivery.NextAttemptAt is { } next ? Timestamp.Format(next) : null,
            ["status"] = delivery.Status,
            ["failure"] = delivery.Failure,
            ["body"] = delivery.Body,
        };

    private static IEnumerable<string> Lines(IEnumerable<WebhookDelivery> deliveries) =>
        Columns.Lines(
            ["AT", "STATE", "ATTEMPTS", "LAST ANSWER", "NEXT", "MESSAGE"],
            deliveries.Select(delivery =>
                new[]
                {
                    Timestamp.Format(delivery.At),
                    delivery.State,
                    $"{delivery.Attempts}",
                    $"{delivery.Status} {delivery.Failure}".Trim() is { Length: > 0 } answer ? answer : "-",
                    delivery.NextAttemptAt is { } next ? Timestamp.Format(next) : "-",
                    delivery.MessageId,
                }
            )
        );
}
