using FairShare.Core.Errors;

namespace FairShare.Core.Identifiers;

/// <summary>A single-use challenge value from the document store; 128 random bits as 22 characters of base64url.</summary>
public readonly record struct Nonce
{
    private readonly string? text;

    private Nonce(string text) => this.text = text;

    /// <summary>Reads the 22-character text.</summary>
    /// <exception cref="ProtocolException"><c>invalid-nonce</c>.</exception>
    public static Nonce Parse(string text) =>
        TryParse(text, out var value) ? value : throw RandomText.Refuse("invalid-nonce", "A nonce", shown: null);

    /// <summary>Reads the 22-character text; false for anything else.</summary>
    public static bool TryParse(string? text, out Nonce value)
    {
        var valid = RandomText.IsValid(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    /// <summary>Draws a new one; each call gives another.</summary>
    public static Nonce New(IRandomness randomness) => new(RandomText.New(randomness));

    /// <summary>The 22-character text; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
