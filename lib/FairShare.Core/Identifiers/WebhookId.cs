using FairShare.Core.Errors;

namespace FairShare.Core.Identifiers;

/// <summary>Names an endpoint to which messages are delivered; 128 bits as 22 characters of base64url.</summary>
public readonly record struct WebhookId : IIdentifier<WebhookId>
{
    private readonly string? text;

    private WebhookId(string text) => this.text = text;

    /// <summary>Reads the 22-character text.</summary>
    /// <exception cref="ProtocolException"><c>invalid-webhook-id</c>.</exception>
    public static WebhookId Parse(string text) =>
        TryParse(text, out var value) ? value : throw RandomText.Refuse("invalid-webhook-id", "A webhook's id", RefusedText.Of(text));

    /// <summary>Reads the 22-character text; false for anything else.</summary>
    public static bool TryParse(string? text, out WebhookId value)
    {
        var valid = RandomText.IsValid(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    /// <summary>Draws a new one; each call gives another.</summary>
    public static WebhookId New(IRandomness randomness) => new(RandomText.New(randomness));

    /// <summary>The 22-character text; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
