using FairShare.Aws.Webhooks;
using FairShare.Contracts.Http;
using FairShare.Contracts.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Functions.Outbound;

namespace FairShare.Functions.Webhooks;

/// <summary>
/// Registers an endpoint, and tells its secret: whoever runs the endpoint needs it before the first message, which is the ping.
/// </summary>
internal sealed class CreateWebhook(FunctionServices services) : IRouteHandler<None, WebhookRequest, WebhookGrant>
{
    private const int Most = 10;

    public async Task<Answer<WebhookGrant>> HandleAsync(ApiCall<None, WebhookRequest> call, CancellationToken cancellationToken)
    {
        var (url, role) = Read(call.Request);
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        var id = call.IdempotencyKey is { } key
            ? WebhookId.Parse(DerivedId.From("webhook", call.Party, key))
            : WebhookId.New(services.Randomness);
        var standing = await FindOrAddAsync(call.Party, id, (url, role), cancellationToken);
        if (standing.Url != url || standing.Role != role)
        {
            throw CommonProblems.IdempotencyKeyReused.With("The Idempotency-Key registered another address.");
        }

        var secret = await services.Webhooks.Secrets.DeriveAsync(id, standing.Generation, cancellationToken);
        var grant = new WebhookGrant(id.ToString(), url, standing.Phase.ToString(), WebhookSignature.WriteSecret(secret));
        return role is null ? grant : grant with { Account = AccountOf(services.Store), ExternalId = standing.ExternalId };
    }

    private (string Url, string? Role) Read(WebhookRequest request) =>
        request switch
        {
            { Url: { } url, Queue: null, Role: null } => (services.Webhooks.Rule.Parse(url).AbsoluteUri, null),
            { Url: null, Queue: { } queue, Role: { } role } => (QueueOf(queue, role), role),
            _ => throw CommonProblems.InvalidRequest.With("A webhook has a url, or a queue and a role."),
        };

    // The store's name is urn:fairshare:tds:ACCOUNT:STAGE.
    private static string AccountOf(PartyId store) => store.ToString().Split(':')[3];

    private static string QueueOf(string queue, string role) =>
        PartnerQueue.Find(queue, role)?.Queue
        ?? throw WebhookProblems.InvalidQueue.With(
            "Give the ARN of a standard queue, and that of a role of its account with the path /fairshare/."
        );

    // Each time that it fails the party has registered another meanwhile: after ten times there are ten, unless some were removed.
    private async Task<WebhookRecord> FindOrAddAsync(
        PartyId party,
        WebhookId id,
        (string Url, string? Role) to,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; attempt <= Most; attempt++)
        {
            var registrations = await services.Webhooks.Endpoints.CountRegistrationsAsync(party, cancellationToken);
            var known = await services.Webhooks.Endpoints.ListAsync(party, cancellationToken);
            if (known.FirstOrDefault(webhook => webhook.Id == id) is { } standing)
            {
                return standing;
            }

            var added = Make(party, id, to, known.Count);
            if (await services.Webhooks.Endpoints.TryCreateAsync(added, registrations, cancellationToken))
            {
                return added;
            }
        }

        throw CommonProblems.Busy.With("Other webhooks are being registered; repeat the request.");
    }

    private WebhookRecord Make(PartyId party, WebhookId id, (string Url, string? Role) to, int count) =>
        count >= Most
            ? throw WebhookProblems.TooManyWebhooks.With($"You may have {Most} webhooks; remove one first.")
            : new WebhookRecord
            {
                Id = id,
                Party = party,
                Url = to.Url,
                Role = to.Role,
                Phase = WebhookPhase.Pending,
                CreatedAt = Timestamp.Truncate(services.Time.GetUtcNow()),
            };
}
