using FairShare.Core.Errors;

namespace FairShare.Core.Identifiers;

/// <summary>Names one evidence token (EvidenceIdentifier of ETSI EN 319 522); 128 random bits as 22 characters of base64url.</summary>
public readonly record struct EvidenceId
{
    private readonly string? text;

    private EvidenceId(string text) => this.text = text;

    /// <summary>Reads the 22-character text.</summary>
    /// <exception cref="ProtocolException"><c>invalid-evidence-id</c>.</exception>
    public static EvidenceId Parse(string text) =>
        TryParse(text, out var value) ? value : throw RandomText.Refuse("invalid-evidence-id", "An evidence id", RefusedText.Of(text));

    /// <summary>Reads the 22-character text; false for anything else.</summary>
    public static bool TryParse(string? text, out EvidenceId value)
    {
        var valid = RandomText.IsValid(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    /// <summary>Draws a new one; each call gives another.</summary>
    public static EvidenceId New(IRandomness randomness) => new(RandomText.New(randomness));

    /// <summary>The 22-character text; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
