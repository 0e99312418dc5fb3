using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FairShare.Aws.Webhooks;
using FairShare.Contracts;
using FairShare.Contracts.Http;
using FairShare.Contracts.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Functions.Outbound;

namespace FairShare.Functions.Webhooks;

/// <summary>
/// Pings an endpoint. That it answers with what the ping asks shows that whoever runs it wants the messages; nobody can have them sent to
/// a server of somebody else's. A queue shows it by its role, which trusts the service for this webhook alone.
/// </summary>
internal sealed class VerifyWebhook(FunctionServices services) : IRouteHandler<WebhookId, None, WebhookView>
{
    public async Task<Answer<WebhookView>> HandleAsync(ApiCall<WebhookId, None> call, CancellationToken cancellationToken)
    {
        var webhook = await services.RequireWebhookAsync(call.Party, call.Subject, cancellationToken);
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        await PingAsync(webhook, cancellationToken);
        return await services.Webhooks.Endpoints.TryActivateAsync(webhook, cancellationToken)
            ? (webhook with { Phase = WebhookPhase.Active, OffReason = null }).ToView(services.Time.GetUtcNow())
            : throw WebhookProblems.WebhookNotFound.With("The webhook was removed meanwhile.");
    }

    private async Task PingAsync(WebhookRecord webhook, CancellationToken cancellationToken)
    {
        var challenge = Nonce.New(services.Randomness).ToString();
        var body = JsonSerializer.Serialize(new WebhookPing("ping", challenge), ContractJson.Strict.TypeOf<WebhookPing>());
        var keys = await services.Webhooks.KeysOfAsync(webhook, cancellationToken);
        if (webhook.Role is not null)
        {
            RequireSent(await services.Webhooks.QueueSender.ProveAsync(webhook, $"ping_{challenge}", body, keys, cancellationToken));
            return;
        }

        var answer = await services.Webhooks.Sender.AskAsync(webhook.Url, $"ping_{challenge}", body, keys, cancellationToken);
        Require(answer, challenge);
    }

    private static void RequireSent(WebhookAnswer answer)
    {
        if (answer.Failure is { } failure)
        {
            throw WebhookProblems.NotVerified.With(
                failure switch
                {
                    QueueSender.Open =>
                        "The role can be assumed without the external id, or with another: its trust must ask for this (sts:ExternalId).",
                    "role-refused" => "The role cannot be assumed with the external id that the registration gave.",
                    _ => $"The role cannot send to the queue: {failure}.",
                }
            );
        }
    }

    private static void Require(WebhookAnswer answer, string challenge)
    {
        if (answer.Failure is { } failure)
        {
            var status = answer.Status is { } code ? $", with status {code}" : "";
            throw WebhookProblems.NotVerified.With($"The ping was not taken: {failure}{status}.");
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(ChallengeIn(answer.Text)), Encoding.UTF8.GetBytes(challenge)))
        {
            throw WebhookProblems.NotVerified.With("The ping's answer is not a JSON object with the ping's challenge and nothing else.");
        }
    }

    // Nothing but the challenge: whoever sends back whatever comes has a type in it, and has agreed to nothing.
    private static string ChallengeIn(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ContractJson.Strict.TypeOf<WebhookPingAnswer>())?.Challenge ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
