using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Standing;

/// <summary>
/// Names work that was handed over to a coordinator, chosen by its owner; 128 random bits as 22 characters of base64url. Who knows it may
/// read what came of the work, and withdraw it.
/// </summary>
public readonly record struct StandingWorkId : IIdentifier<StandingWorkId>
{
    private readonly string? text;

    private StandingWorkId(string text) => this.text = text;

    /// <summary>Reads the 22-character text.</summary>
    /// <exception cref="ProtocolException"><c>invalid-work-id</c>.</exception>
    public static StandingWorkId Parse(string text) =>
        RandomText.IsValid(text) ? new(text) : throw RandomText.Refuse("invalid-work-id", "An id of standing work", RefusedText.Of(text));

    /// <summary>Draws a new one; each call gives another.</summary>
    public static StandingWorkId New(IRandomness randomness) => new(RandomText.New(randomness));

    /// <summary>The 22-character text; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
