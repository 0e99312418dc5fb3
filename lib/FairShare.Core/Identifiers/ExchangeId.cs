using FairShare.Core.Errors;

namespace FairShare.Core.Identifiers;

/// <summary>
/// Names an exchange, chosen by the document store and never reused (label L of Coffey and Saidha); 128 random bits as 22 characters of
/// base64url.
/// </summary>
public readonly record struct ExchangeId : IIdentifier<ExchangeId>
{
    private readonly string? text;

    private ExchangeId(string text) => this.text = text;

    /// <summary>Reads the 22-character text.</summary>
    /// <exception cref="ProtocolException"><c>invalid-exchange-id</c>.</exception>
    public static ExchangeId Parse(string text) =>
        TryParse(text, out var value) ? value : throw RandomText.Refuse("invalid-exchange-id", "An exchange id", RefusedText.Of(text));

    /// <summary>Reads the 22-character text; false for anything else.</summary>
    public static bool TryParse(string? text, out ExchangeId value)
    {
        var valid = RandomText.IsValid(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    /// <summary>Draws a new one; each call gives another.</summary>
    public static ExchangeId New(IRandomness randomness) => new(RandomText.New(randomness));

    /// <summary>The 22-character text; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
