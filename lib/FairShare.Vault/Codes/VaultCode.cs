using FairShare.Core.Errors;

namespace FairShare.Vault.Codes;

/// <summary>What a sender gives to a recipient: mode and secret, as <c>P-</c> or <c>L-</c> and 28 symbols in groups of four.</summary>
/// <param name="Mode">Whether a password is needed too.</param>
/// <param name="Secret">The secret; the caller disposes it.</param>
public sealed record VaultCode(VaultMode Mode, VaultSecret Secret)
{
    private const string Refused = "invalid-vault-code";
    private const int GroupLength = 4;

    /// <summary>The 28 symbols in upper case, without mode and dashes: the beginning of the passphrase that opens the object.</summary>
    public string Symbols
    {
        get
        {
            Span<byte> values = stackalloc byte[CodeSymbols.Count];
            CodeSymbols.Write(Mode, Secret, values);
            return string.Concat(values.ToArray().Select(CrockfordText.Symbol));
        }
    }

    /// <summary>
    /// Reads a code in either case, with O for 0, I or L for 1, and with dashes and spaces anywhere or nowhere.
    /// </summary>
    /// <exception cref="ProtocolException">
    /// <c>invalid-vault-code</c>; the message says what is wrong, and never repeats the code.
    /// </exception>
    public static VaultCode Parse(string text)
    {
        var symbols = text.Where(symbol => !IsSeparator(symbol)).ToArray();
        if (symbols.Length != CodeSymbols.Count + 1)
        {
            throw Refuse($"A code has P or L and {CodeSymbols.Count} symbols; this has {symbols.Length} letters and digits.");
        }

        var mode = ParseMode(symbols[0]);
        var values = symbols.Skip(1).Select(ParseSymbol).ToArray();
        return CodeSymbols.Read(mode, values) is { } secret
            ? new(mode, secret)
            : throw Refuse("A symbol of the code is wrong, or two changed places: its check does not fit.");
    }

    /// <summary>The mode, a dash, and seven groups of four symbols, for example <c>P-3GK8-…</c>: 37 characters.</summary>
    public override string ToString() => $"{ModeLetter}-{string.Join('-', Symbols.Chunk(GroupLength).Select(group => new string(group)))}";

    private char ModeLetter => Mode == VaultMode.Password ? 'P' : 'L';

    private static VaultMode ParseMode(char letter) =>
        char.ToUpperInvariant(letter) switch
        {
            'P' => VaultMode.Password,
            'L' or '1' or 'I' => VaultMode.Link,
            _ => throw Refuse("A code begins with P, or with L where it needs no password."),
        };

    private static byte ParseSymbol(char symbol, int index) =>
        CrockfordText.Value(symbol) is >= 0 and var value
            ? (byte)value
            : throw Refuse($"Symbol {index + 1} after the first letter is none that a code can have.");

    // Dashes of every kind: a word processor may have replaced the plain one.
    private static bool IsSeparator(char symbol) => char.IsWhiteSpace(symbol) || symbol is '-' or (>= '\u2010' and <= '\u2015') or '\u2212';

    private static ProtocolException Refuse(string message) => new(Refused, message);
}
