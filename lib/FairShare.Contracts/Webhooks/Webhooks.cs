namespace FairShare.Contracts.Webhooks;

/// <summary>An endpoint to register: a server by its address, or a queue by its ARN and a role's.</summary>
/// <param name="Url">An <c>https</c> address of at most 1,000 characters, without user information and fragment.</param>
/// <param name="Queue">The ARN of a standard queue of SQS in an account of the caller's.</param>
/// <param name="Role">The ARN of a role of the same account, of the path <c>/fairshare/</c>, that may send to the queue.</param>
public sealed record WebhookRequest(string? Url = null, string? Queue = null, string? Role = null);

/// <summary>An endpoint that was registered, with its secret. Nothing is delivered before it is verified.</summary>
/// <param name="WebhookId">Its id.</param>
/// <param name="Url">Its address; of a queue, the ARN.</param>
/// <param name="State">Pending.</param>
/// <param name="Secret">What its messages are signed with, as Standard Webhooks writes it: <c>whsec_</c> and base64.</param>
/// <param name="Account">Of a queue: the account that the role must trust.</param>
/// <param name="ExternalId">Of a queue: the <c>sts:ExternalId</c> that the role's trust must ask for. No other webhook has it.</param>
public sealed record WebhookGrant(
    string WebhookId,
    string Url,
    string State,
    string Secret,
    string? Account = null,
    string? ExternalId = null
);

/// <summary>An endpoint.</summary>
/// <param name="WebhookId">Its id.</param>
/// <param name="Url">Its address; of a queue, the ARN.</param>
/// <param name="State">Pending until it is verified, then Active; Off when messages could not be delivered for three days.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="Generation">How many secrets it has had.</param>
/// <param name="PreviousUntil">Until when messages are signed with the previous secret too; left out once that is over.</param>
/// <param name="OffReason">Why it is off.</param>
/// <param name="Role">Of a queue: the role by which messages are sent to it.</param>
public sealed record WebhookView(
    string WebhookId,
    string Url,
    string State,
    DateTimeOffset CreatedAt,
    int Generation,
    DateTimeOffset? PreviousUntil = null,
    string? OffReason = null,
    string? Role = null
);

/// <summary>A page of the caller's endpoints; <paramref name="Cursor"/> is null on the last.</summary>
public sealed record WebhookList(IReadOnlyList<WebhookView> Webhooks, string? Cursor = null);

/// <summary>An endpoint's new secret.</summary>
/// <param name="WebhookId">The endpoint.</param>
/// <param name="Generation">How many secrets it has had.</param>
/// <param name="Secret">The new one.</param>
/// <param name="PreviousUntil">Until when messages are signed with the previous one too.</param>
public sealed record WebhookSecret(string WebhookId, int Generation, string Secret, DateTimeOffset PreviousUntil);

/// <summary>An endpoint that is no more.</summary>
public sealed record WebhookRemoval(string WebhookId);
