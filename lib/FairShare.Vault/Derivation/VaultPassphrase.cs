using System.Buffers;
using System.Text;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Vault.Codes;

namespace FairShare.Vault.Derivation;

/// <summary>
/// The passphrase of an object, as anyone can type it to <c>age</c>: the code's 28 symbols, and in mode P a full stop and the password in
/// Unicode normalisation form C.
/// </summary>
public static class VaultPassphrase
{
    /// <summary>The longest password, in bytes of UTF-8 after normalisation: 64 KiB.</summary>
    public const int PasswordByteLimit = 64 << 10;

    /// <summary>Writes the passphrase in UTF-8; the caller zeroes it.</summary>
    /// <param name="code">The code.</param>
    /// <param name="password">
    /// Exactly in mode P: 1 byte to 64 KiB, never cut. The same password in another Unicode form gives the same.
    /// </param>
    /// <exception cref="ProtocolException">
    /// <c>invalid-vault-password</c>: missing, superfluous, empty, too long, or not valid Unicode.
    /// </exception>
    public static byte[] Write(VaultCode code, string? password) =>
        (code.Mode, password) switch
        {
            (VaultMode.Link, null) => Encoding.ASCII.GetBytes(code.Symbols),
            (VaultMode.Link, _) => throw Refuse("A code that begins with L is used without a password."),
            (_, null) => throw Refuse("A code that begins with P needs the password."),
            (_, "") => throw Refuse("The password is empty."),
            _ => Encoding.UTF8.GetBytes($"{code.Symbols}.{Normalise(password)}"),
        };

    private static string Normalise(string password)
    {
        // No text becomes shorter than a third by composition, and none so long needs to be normalised to be refused.
        if (password.Length > 3 * PasswordByteLimit)
        {
            throw TooLong();
        }

        if (HasUnpairedSurrogate(password))
        {
            throw Refuse("The password is not valid Unicode.");
        }

        var composed = NormalForm.Compose(password);
        return Encoding.UTF8.GetByteCount(composed) <= PasswordByteLimit ? composed : throw TooLong();
    }

    private static bool HasUnpairedSurrogate(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty; )
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != OperationStatus.Done)
            {
                return true;
            }

            rest = rest[consumed..];
        }

        return false;
    }

    private static ProtocolException TooLong() => Refuse($"The password is longer than {PasswordByteLimit} bytes of UTF-8.");

    private static ProtocolException Refuse(string message) => new("invalid-vault-password", message);
}
