namespace FairShare.Contracts.Webhooks;

/// <summary>An endpoint to register.</summary>
/// <param name="Url">An <c>https</c> address of at most 1,000 characters, without user information and fragment.</param>
public sealed record WebhookRequest(string Url);

/// <summary>An endpoint that was registered, with its secret. Nothing is delivered before it is verified.</summary>
/// <param name="WebhookId">Its id.</param>
/// <param name="Url">Its address.</param>
/// <param name="State">Pending.</param>
/// <param name="Secret">What its messages are signed with, as Standard Webhooks writes it: <c>whsec_</c> and base64.</param>
public sealed record WebhookGrant(string WebhookId, string Url, string State, string Secret);

/// <summary>An endpoint.</summary>
/// <param name="WebhookId">Its id.</param>
/// <param name="Url">Its address.</param>
/// <param name="State">Pending until it is verified, then Active; Off when messages could not be delivered for three days.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="Generation">How many secrets it has had.</param>
/// <param name="PreviousUntil">Until when messages are signed with the previous secret too; left out once that is over.</param>
/// <param name="OffReason">Why it is off.</param>
public sealed record WebhookView(
    string WebhookId,
    string Url,
    string State,
    DateTimeOffset CreatedAt,
    int Generation,
    DateTimeOffset? PreviousUntil = null,
    string? OffReason = null
);

/// <summary>The caller's endpoints, at most ten.</summary>
public sealed record WebhookList(IReadOnlyList<WebhookView> Webhooks);

/// <summary>An endpoint's new secret.</summary>
/// <param name="WebhookId">The endpoint.</param>
/// <param name="Generation">How many secrets it has had.</param>
/// <param name="Secret">The new one.</param>
/// <param name="PreviousUntil">Until when messages are signed with the previous one too.</param>
public sealed record WebhookSecret(string WebhookId, int Generation, string Secret, DateTimeOffset PreviousUntil);

/// <summary>An endpoint that is no more.</summary>
public sealed record WebhookRemoval(string WebhookId);
