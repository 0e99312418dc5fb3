namespace FairShare.Vault.Codes;

/// <summary>
/// A secret and its mode as 28 values of five bits: the secret's 128 bits, two bits for the mode (01 is P, 10 is L), and two check symbols.
/// </summary>
/// <remarks>
/// The check is a Reed-Solomon code over GF(32), x^5+x^2+1, with the generator (x-1)(x-2): one wrong symbol, two wrong symbols, and any two
/// that changed places are always noticed; docs/decisions/0040 says why it is not a hash.
/// </remarks>
internal static class CodeSymbols
{
    /// <summary>How many symbols a code has.</summary>
    public const int Count = 28;

    private const int DataCount = 26;

    /// <summary>Writes the 28 values.</summary>
    public static void Write(VaultMode mode, VaultSecret secret, Span<byte> values)
    {
        var (pending, bits, next) = (0, 0, 0);
        foreach (var octet in secret.Bytes)
        {
            pending = (pending << 8) | octet;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                values[next++] = (byte)((pending >> (bits - 5)) & 31);
            }
        }

        values[next] = (byte)(((pending & 7) << 2) | ModeBits(mode));
        (values[DataCount], values[DataCount + 1]) = Check(values[..DataCount]);
    }

    /// <summary>Reads 28 values; null where the check or the mode's bits say that one is wrong.</summary>
    public static VaultSecret? Read(VaultMode mode, ReadOnlySpan<byte> values)
    {
        if (Check(values[..DataCount]) != (values[DataCount], values[DataCount + 1]) || (values[DataCount - 1] & 3) != ModeBits(mode))
        {
            return null;
        }

        Span<byte> secret = stackalloc byte[VaultSecret.ByteLength];
        var (pending, bits, next) = (0, 0, 0);
        foreach (var value in values[..DataCount])
        {
            pending = (pending << 5) | value;
            bits += 5;
            if (bits >= 8 && next < secret.Length)
            {
                bits -= 8;
                secret[next++] = (byte)(pending >> bits);
            }
        }

        return VaultSecret.FromBytes(secret);
    }

    private static byte ModeBits(VaultMode mode) => mode == VaultMode.Password ? (byte)0b01 : (byte)0b10;

    // The remainder after division by x^2 + 3x + 2, symbol by symbol.
    private static (byte High, byte Low) Check(ReadOnlySpan<byte> data)
    {
        var (high, low) = ((byte)0, (byte)0);
        foreach (var value in data)
        {
            var feedback = (byte)(value ^ high);
            var doubled = Double(feedback);
            (high, low) = ((byte)(low ^ doubled ^ feedback), doubled);
        }

        return (high, low);
    }

    private static byte Double(byte value) => (byte)((value << 1) ^ ((value & 16) != 0 ? 0b100101 : 0));
}
