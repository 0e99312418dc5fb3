using FairShare.Core.Errors;

namespace FairShare.Core.Identifiers;

/// <summary>
/// Whoever has it may end the notices of a party: the party's id, a dot, and 128 random bits as 22 characters of base64url.
/// </summary>
public readonly record struct NoticeToken : IIdentifier<NoticeToken>
{
    private const char Separator = '.';

    private NoticeToken(PartyId party, string secret) => (Party, Secret) = (party, secret);

    /// <summary>Whose notices they are.</summary>
    public PartyId Party { get; }

    /// <summary>The random part.</summary>
    public string Secret { get; }

    /// <summary>Reads the text.</summary>
    /// <exception cref="ProtocolException"><c>invalid-notice-token</c>.</exception>
    public static NoticeToken Parse(string text) =>
        text?.Split(Separator) is [var party, var secret] && PartyId.TryParse(party, out var id) && RandomText.IsValid(secret)
            ? new(id, secret)
            : throw new ProtocolException("invalid-notice-token", "A mail has a token of another form.");

    /// <summary>Draws a new one; each call gives another.</summary>
    public static NoticeToken New(PartyId party, IRandomness randomness) => new(party, RandomText.New(randomness));

    /// <summary>The text.</summary>
    public override string ToString() => $"{Party}{Separator}{Secret}";
}
