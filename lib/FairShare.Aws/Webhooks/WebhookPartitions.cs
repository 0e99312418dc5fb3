namespace FairShare.Aws.Webhooks;

/// <summary>The kinds of partition of the table of webhooks: what their keys begin with. docs/webhooks.md has their items.</summary>
public static class WebhookPartitions
{
    /// <summary>A party's endpoints.</summary>
    public const string Party = "PARTY#";

    /// <summary>What is delivered to an endpoint.</summary>
    public const string Webhook = "WEBHOOK#";

    /// <summary>What was mailed to a mailbox.</summary>
    public const string Mailbox = "MAILBOX#";
}
