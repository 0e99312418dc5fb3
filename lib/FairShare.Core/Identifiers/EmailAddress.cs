using FairShare.Core.Errors;

namespace FairShare.Core.Identifiers;

/// <summary>An e-mail address as it is compared: in lower case, since user pools and mail servers tell no case apart.</summary>
public readonly record struct EmailAddress
{
    // RFC 5321, section 4.5.3.1.3: a path of 256 octets has two brackets around the address.
    private const int ByteLimit = 254;

    private readonly string? text;

    private EmailAddress(string text) => this.text = text;

    /// <summary>
    /// Reads an address of at most 254 bytes of UTF-8: something before the last <c>@</c> and something after it, without spaces, controls
    /// and <c>&lt; &gt;</c>. Whether mail arrives there is not asked.
    /// </summary>
    /// <exception cref="ProtocolException"><c>invalid-email</c>.</exception>
    public static EmailAddress Parse(string text) =>
        TryParse(text, out var value)
            ? value
            : throw new ProtocolException("invalid-email", "An e-mail address has the form NAME@DOMAIN, without spaces; this has not.")
            {
                Value = RefusedText.Of(text),
            };

    /// <summary>Reads an address; false for anything else.</summary>
    public static bool TryParse(string? text, out EmailAddress value)
    {
        var valid =
            text is { Length: <= ByteLimit }
            && text.LastIndexOf('@') is > 0 and var at
            && at < text.Length - 1
            && !text.Any(symbol => char.IsWhiteSpace(symbol) || char.IsControl(symbol) || symbol is '<' or '>')
            && NormalForm.IsComposed(text)
            && System.Text.Encoding.UTF8.GetByteCount(text) <= ByteLimit;
        value = valid ? new(text!.ToLowerInvariant()) : default;
        return valid;
    }

    /// <summary>The address in lower case; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
