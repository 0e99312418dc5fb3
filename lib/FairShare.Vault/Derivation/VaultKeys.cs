using System.Security.Cryptography;
using FairShare.Core.Errors;
using FairShare.Vault.Age;
using FairShare.Vault.Codes;

namespace FairShare.Vault.Derivation;

/// <summary>
/// What one run of scrypt gives for a code and its password: the key that wraps the object's file key, and <c>auth</c>, which proves to the
/// service that the opener knows both. Neither tells anything of the other: they are different blocks of the last PBKDF2.
/// </summary>
public sealed class VaultKeys : IDisposable
{
    /// <summary>The base-2 logarithm of N where a password must be guessed: 18, which takes 256 MiB.</summary>
    public const int PasswordWorkFactor = 18;

    /// <summary>The same where the secret alone suffices, so that nothing can be guessed: 10.</summary>
    public const int LinkWorkFactor = 10;

    private const int KeyLength = 32;

    private readonly byte[] derived;
    private readonly byte[] salt;

    private VaultKeys(byte[] derived, byte[] salt, int workFactor) => (this.derived, this.salt, WorkFactor) = (derived, salt, workFactor);

    /// <summary>The base-2 logarithm of N, fixed by the mode.</summary>
    public int WorkFactor { get; }

    /// <summary>The 16 bytes that the object's scrypt stanza must have as its salt.</summary>
    public ReadOnlySpan<byte> Salt => salt;

    /// <summary>32 bytes: exactly the key that age derives from the passphrase.</summary>
    public ReadOnlySpan<byte> WrapKey => derived.AsSpan(0, KeyLength);

    /// <summary>32 bytes for the service, which keeps their <see cref="Verifier"/>.</summary>
    public ReadOnlySpan<byte> Auth => derived.AsSpan(KeyLength, KeyLength);

    /// <summary>SHA-256 of <see cref="Auth"/>.</summary>
    public VaultVerifier Verifier => VaultVerifier.Of(Auth);

    /// <summary>The work factor of a mode.</summary>
    public static int WorkFactorOf(VaultMode mode) => mode == VaultMode.Password ? PasswordWorkFactor : LinkWorkFactor;

    /// <summary>Derives the keys; in mode P this takes most of a second, and 256 MiB while it runs.</summary>
    /// <param name="code">The code.</param>
    /// <param name="password">Exactly in mode P, see <see cref="VaultPassphrase"/>.</param>
    /// <exception cref="ProtocolException"><c>invalid-vault-password</c>.</exception>
    public static VaultKeys Derive(VaultCode code, string? password)
    {
        var passphrase = VaultPassphrase.Write(code, password);
        try
        {
            var salt = SecretDerivation.Salt(code.Secret);
            var workFactor = WorkFactorOf(code.Mode);
            return new(AgeScrypt.Derive(passphrase, salt, workFactor, 2 * KeyLength), salt, workFactor);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passphrase);
        }
    }

    /// <summary>Zeroes the keys.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(derived);
}
