using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Contracts.Webhooks;

namespace FairShare.Cli.Commands.Webhooks;

/// <summary><c>webhooks add</c>: registers a server, or a queue.</summary>
internal static class AddCommand
{
    private static readonly Argument<string?> Url = new("url")
    {
        Description = "An https address that a server of yours answers.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Queue = new("--queue")
    {
        Description = "In its place, the ARN of a standard queue in an AWS account of yours.",
        HelpName = "ARN",
    };

    private static readonly Option<string?> Role = new("--role")
    {
        Description = "The ARN of a role of that account, with the path /fairshare/, that may send to the queue.",
        HelpName = "ARN",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("add", "Register an endpoint, and show the secret that its messages are signed with.") { Url, Queue, Role },
            async (context, cancellationToken) =>
            {
                var request = new WebhookRequest(
                    context.Arguments.GetValue(Url),
                    context.Arguments.GetValue(Queue),
                    context.Arguments.GetValue(Role)
                );
                if (request.Url is null == request.Queue is null || request.Queue is null != request.Role is null)
                {
                    throw new CommandException(
                        ExitCode.Usage,
                        "usage",
                        "A webhook is an address, or a queue with a role.",
                        "Give an https address, or --queue and --role."
                    );
                }

                var client = await context.ConnectAsync(cancellationToken);
                return Describe(await client.Api.CallAsync(WebhookRoutes.CreateWebhook, request, cancellationToken));
            }
        );

    private static CommandResult Describe(WebhookGrant grant) =>
        new(
            new JsonObject
            {
                ["webhookId"] = grant.WebhookId,
                ["url"] = grant.Url,
                ["state"] = grant.State,
                ["secret"] = grant.Secret,
                ["account"] = grant.Account,
                ["externalId"] = grant.ExternalId,
                ["trust"] = grant.ExternalId is null ? null : TrustOf(grant),
            },
            [
                $"Webhook {grant.WebhookId} to {grant.Url}",
                $"Secret  {grant.Secret}",
                .. grant.ExternalId is null
                    ? ["Give the secret to your server. Nothing is sent before the server has answered a ping:"]
                    : (string[])
                        [
                            "Let the role trust the service for this webhook alone:",
                            $"  {TrustOf(grant).ToJsonString()}",
                            "Nothing is sent before the role does, and asks for the external id:",
                        ],
                $"  fairshare webhooks verify {grant.WebhookId}",
            ]
        );

    // As aws iam create-role takes it, by --assume-role-policy-document.
    private static JsonObject TrustOf(WebhookGrant grant) =>
        new()
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray(
                new JsonObject
                {
                    ["Effect"] = "Allow",
                    ["Principal"] = new JsonObject { ["AWS"] = grant.Account },
                    ["Action"] = "sts:AssumeRole",
                    ["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["sts:ExternalId"] = grant.ExternalId } },
                }
            ),
        };
}
