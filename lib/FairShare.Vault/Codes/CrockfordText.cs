namespace FairShare.Vault.Codes;

/// <summary>Crockford's base 32: the alphabet without I, L, O and U, read without regard to case, O as 0, I and L as 1.</summary>
internal static class CrockfordText
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>The symbol of a value 0..31.</summary>
    public static char Symbol(byte value) => Alphabet[value];

    /// <summary>The value of a symbol; -1 for any other character.</summary>
    public static int Value(char symbol) =>
        char.ToUpperInvariant(symbol) switch
        {
            'O' => 0,
            'I' or 'L' => 1,
            var upper => Alphabet.IndexOf(upper, StringComparison.Ordinal),
        };
}
