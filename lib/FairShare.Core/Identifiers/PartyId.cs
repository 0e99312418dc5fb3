using FairShare.Core.Errors;

namespace FairShare.Core.Identifiers;

/// <summary>
/// Names a party: a user by its Cognito <c>sub</c> (a UUID in lower case), or a document store by a <c>urn:fairshare:tds:</c> name.
/// </summary>
public readonly record struct PartyId : IIdentifier<PartyId>
{
    private const string StorePrefix = "urn:fairshare:tds:";
    private const int StoreNameLimit = 100;

    private readonly string? text;

    private PartyId(string text) => this.text = text;

    /// <summary>Whether this names a document store, not a user.</summary>
    public bool IsStore => text?.StartsWith(StorePrefix, StringComparison.Ordinal) ?? false;

    /// <summary>
    /// Reads a UUID in lower case with hyphens, or <c>urn:fairshare:tds:</c> and 1..100 of letters, digits, <c>. _ - :</c>.
    /// </summary>
    /// <exception cref="ProtocolException"><c>invalid-party-id</c>.</exception>
    public static PartyId Parse(string text) =>
        TryParse(text, out var value)
            ? value
            : throw new ProtocolException(
                "invalid-party-id",
                "A party id is a UUID in lower case, or a urn:fairshare:tds: name; this is neither."
            )
            {
                Value = RefusedText.Of(text),
            };

    /// <summary>Reads a party id; false for anything else.</summary>
    public static bool TryParse(string? text, out PartyId value)
    {
        var valid = text is not null && (IsUser(text) || IsStoreName(text));
        value = valid ? new(text!) : default;
        return valid;
    }

    /// <summary>The id of a document store.</summary>
    /// <param name="name">1..100 of letters, digits, <c>. _ - :</c>, for example <c>us-east-1:000000000000:fairshare-dev</c>.</param>
    /// <exception cref="ProtocolException"><c>invalid-party-id</c>.</exception>
    public static PartyId Store(string name) => Parse(StorePrefix + name);

    /// <summary>The text; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";

    private static bool IsUser(string text) => Guid.TryParseExact(text, "D", out var parsed) && parsed.ToString("D") == text;

    private static bool IsStoreName(string text) =>
        text.StartsWith(StorePrefix, StringComparison.Ordinal)
        && text.Length > StorePrefix.Length
        && text.Length <= StorePrefix.Length + StoreNameLimit
        && text.All(symbol => char.IsAsciiLetterOrDigit(symbol) || symbol is '.' or '_' or '-' or ':');
}
