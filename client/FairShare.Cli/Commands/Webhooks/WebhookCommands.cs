using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Contracts.Webhooks;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Webhooks;

/// <summary><c>webhooks</c>: endpoints of one's own, to which the service delivers what happens to exchanges.</summary>
internal static class WebhookCommands
{
    public static Command Create(CommandRunner runner) =>
        new("webhooks", "Have the service call a server of yours, or send to a queue of yours, when an exchange ends.")
        {
            AddCommand.Create(runner),
            Verify(runner),
            List(runner),
            Remove(runner),
            Rotate(runner),
            DeliveryCommands.List(runner),
            DeliveryCommands.Replay(runner),
        };

    /// <summary>The argument that names an endpoint.</summary>
    public static Argument<string> Id() => new("webhook") { Description = "The webhook's id, as webhooks list shows it." };

    private static Command Verify(CommandRunner runner)
    {
        var id = Id();
        return runner.Attach(
            new Command("verify", "Have the endpoint pinged; once it answers, messages are delivered.") { id },
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var view = await client.Api.CallAsync(WebhookRoutes.VerifyWebhook, Read(context, id), cancellationToken);
                return new CommandResult(Describe(view), [$"Webhook {view.WebhookId} is active: messages go to {view.Url}."]);
            }
        );
    }

    private static Command List(CommandRunner runner) =>
        runner.Attach(
            new Command("list", "List your endpoints."),
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var webhooks = (await client.Api.CallAsync(WebhookRoutes.ListWebhooks, cancellationToken)).Webhooks;
                return new CommandResult(
                    new JsonObject { ["webhooks"] = new JsonArray([.. webhooks.Select(Describe)]) },
                    webhooks.Count == 0 ? ["No webhooks."] : [.. Lines(webhooks)]
                );
            }
        );

    private static Command Remove(CommandRunner runner)
    {
        var id = Id();
        return runner.Attach(
            new Command("remove", "Remove an endpoint; nothing more is sent to it.") { id },
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var removed = await client.Api.CallAsync(WebhookRoutes.DeleteWebhook, Read(context, id), cancellationToken);
                return new CommandResult(
                    new JsonObject { ["webhookId"] = removed.WebhookId, ["removed"] = true },
                    [$"Webhook {removed.WebhookId} is removed."]
                );
            }
        );
    }

    private static Command Rotate(CommandRunner runner)
    {
        var id = Id();
        return runner.Attach(
            new Command("rotate", "Give the endpoint another secret; for a day messages are signed with both.") { id },
            async (context, cancellationToken) =>
            {
                var client = await context.ConnectAsync(cancellationToken);
                var rotated = await client.Api.CallAsync(WebhookRoutes.RotateWebhook, Read(context, id), cancellationToken);
                var until = Timestamp.Format(rotated.PreviousUntil);
                return new CommandResult(
                    new JsonObject
                    {
                        ["webhookId"] = rotated.WebhookId,
                        ["generation"] = rotated.Generation,
                        ["secret"] = rotated.Secret,
                        ["previousUntil"] = until,
                    },
                    [$"Secret  {rotated.Secret}", $"Until {until} messages are signed with the previous one too."]
                );
            }
        );
    }

    /// <summary>The endpoint that the argument names.</summary>
    public static WebhookId Read(CommandContext context, Argument<string> id) => WebhookId.Parse(context.Arguments.GetRequiredValue(id));

    private static JsonObject Describe(WebhookView view) =>
        new()
        {
            ["webhookId"] = view.WebhookId,
            ["url"] = view.Url,
            ["state"] = view.State,
            ["createdAt"] = Timestamp.Format(view.CreatedAt),
            ["generation"] = view.Generation,
            ["previousUntil"] = view.PreviousUntil is { } until ? Timestamp.Format(until) : null,
            ["offReason"] = view.OffReason,
        };

    private static IEnumerable<string> Lines(IEnumerable<WebhookView> views) =>
        Columns.Lines(
            ["WEBHOOK", "STATE", "SINCE", "URL"],
            views.Select(view =>
                new[]
                {
                    view.WebhookId,
                    view.OffReason is { } reason ? $"{view.State}: {reason}" : view.State,
                    Timestamp.Format(view.CreatedAt),
                    view.Url,
                }
            )
        );
}
