using System.Security.Cryptography;
using FairShare.Client.Files;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Parties;

/// <summary>
/// Private keys at rest: PKCS#8 encrypted with AES-256 under a passphrase (PBES2, PBKDF2 with SHA-256), one file per key.
/// </summary>
/// <param name="folder">The folder; made when first written to.</param>
public sealed class KeyStore(string folder)
{
    /// <summary>PBKDF2 iterations: what OWASP asks of SHA-256.</summary>
    public const int Iterations = 600_000;

    private static readonly PbeParameters Protection = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations);

    /// <summary>The keys that are here.</summary>
    public IReadOnlyList<KeyId> List() =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder, "*.pem")
                    .Select(Path.GetFileNameWithoutExtension)
                    .Where(name => KeyId.TryParse(name, out _))
                    .Select(name => KeyId.Parse(name!)),
            ]
            : [];

    /// <summary>Draws a key pair and keeps it.</summary>
    /// <returns>The key, ready to sign; dispose it.</returns>
    public LocalSigner Create(string passphrase)
    {
        var signer = new LocalSigner(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        PrivateFile.Write(PathOf(signer.KeyId), System.Text.Encoding.ASCII.GetBytes(signer.ExportEncrypted(passphrase, Protection)));
        return signer;
    }

    /// <summary>Opens a key.</summary>
    /// <returns>The key, ready to sign; dispose it.</returns>
    /// <exception cref="FileNotFoundException">The key is not here.</exception>
    /// <exception cref="CryptographicException">The passphrase is wrong, or the file is damaged or another key's.</exception>
    public LocalSigner Open(KeyId key, string passphrase)
    {
        var pem = File.ReadAllText(PathOf(key));
        var pair = ECDsa.Create();
        try
        {
            pair.ImportFromEncryptedPem(pem, passphrase);
            var signer = new LocalSigner(pair);
            return signer.KeyId == key ? signer : throw new CryptographicException("The file holds another key than its name says.");
        }
        catch (ArgumentException)
        {
            pair.Dispose();
            throw new CryptographicException("The key file is damaged.");
        }
        catch
        {
            pair.Dispose();
            throw;
        }
    }

    /// <summary>The file of a key, whether it is there or not.</summary>
    public string PathOf(KeyId key) => Path.Combine(folder, $"{key}.pem");
}
