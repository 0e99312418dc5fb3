using System.Formats.Asn1;
using System.Security.Cryptography;
using FairShare.Client.Files;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Parties;

/// <summary>The file of a signing key is not what was written there.</summary>
/// <param name="file">The file.</param>
/// <param name="fault">What is wrong with it, after its name.</param>
public sealed class DamagedKeyProblem(string file, string fault) : Exception($"{file} {fault}.")
{
    /// <summary>What to do about it.</summary>
    public string Next { get; } = "Put it back from a copy. Or run fairshare keys add, which makes another and signs with it.";
}

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
    /// <exception cref="CryptographicException">The passphrase is wrong, or what it opens is damaged, which cannot be told
    /// apart.</exception>
    /// <exception cref="DamagedKeyProblem">The file is no encrypted key, or another's.</exception>
    public LocalSigner Open(KeyId key, string passphrase)
    {
        var pem = File.ReadAllText(PathOf(key));
        if (!IsEncryptedKey(pem))
        {
            throw new DamagedKeyProblem(PathOf(key), "is damaged: it is not an encrypted key");
        }

        var pair = ECDsa.Create();
        try
        {
            pair.ImportFromEncryptedPem(pem, passphrase);
            var signer = new LocalSigner(pair);
            return signer.KeyId == key ? signer : throw new DamagedKeyProblem(PathOf(key), "holds another key than its name says");
        }
        catch
        {
            pair.Dispose();
            throw;
        }
    }

    // RFC 5958, section 3: EncryptedPrivateKeyInfo is a sequence of an algorithm and an octet string. A file that was cut has not all of
    // it.
    private static bool IsEncryptedKey(string pem)
    {
        try
        {
            if (!PemEncoding.TryFind(pem, out var fields) || !pem.AsSpan()[fields.Label].SequenceEqual("ENCRYPTED PRIVATE KEY"))
            {
                return false;
            }

            var reader = new AsnReader(Convert.FromBase64String(pem[fields.Base64Data]), AsnEncodingRules.DER);
            var info = reader.ReadSequence();
            info.ReadSequence();
            return info.ReadOctetString().Length > 0 && !info.HasData && !reader.HasData;
        }
        catch (Exception fault) when (fault is AsnContentException or FormatException)
        {
            return false;
        }
    }

    /// <summary>The file of a key, whether it is there or not.</summary>
    public string PathOf(KeyId key) => Path.Combine(folder, $"{key}.pem");
}
