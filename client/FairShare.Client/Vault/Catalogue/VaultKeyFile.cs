using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Client.Files;
using FairShare.Client.Parties;
using FairShare.Contracts;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Vault.Catalogue;

/// <summary>
/// The key of a profile's vault at rest: 32 random bytes under AES-256-GCM, whose key is PBKDF2 with SHA-256 of the profile's passphrase,
/// with as many iterations as signing keys have.
/// </summary>
/// <param name="path">The file.</param>
public sealed class VaultKeyFile(string path)
{
    private const string Format = "fairshare.vault-key.v1";
    private const int MostIterations = 100 * KeyStore.Iterations;

    /// <summary>Whether there is one.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>Draws a key and keeps it.</summary>
    /// <returns>The key; dispose it.</returns>
    public VaultKey Create(string passphrase, IRandomness randomness)
    {
        var (key, salt) = (Draw(VaultKey.Length, randomness), Draw(VaultKey.Length, randomness));
        var wrapping = Derive(passphrase, salt, KeyStore.Iterations);
        var wrapped = new SealedBytes(wrapping).Seal(key, Format, randomness);
        var file = new KeyFile(Format, KeyStore.Iterations, Base64UrlText.Encode(salt), Base64UrlText.Encode(wrapped));
        PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(file, KeyFileJson.Lenient.TypeOf<KeyFile>()));
        return new(key);
    }

    /// <summary>Opens the key.</summary>
    /// <returns>The key; dispose it.</returns>
    /// <exception cref="VaultProblem"><see cref="VaultProblem.WrongPassphrase"/>; <see cref="VaultProblem.CatalogueDamaged"/>.</exception>
    public VaultKey Open(string passphrase)
    {
        var file = Read();
        return
            file is { Format: Format, Iterations: >= KeyStore.Iterations and <= MostIterations }
            && Base64UrlText.TryDecode(file.Salt, out var salt)
            && Base64UrlText.TryDecode(file.Wrapped, out var wrapped)
            ? new(
                new SealedBytes(Derive(passphrase, salt, file.Iterations)).Open(wrapped, Format)
                    ?? throw new VaultProblem(VaultProblem.WrongPassphrase, "The profile's vault does not open with this passphrase.")
            )
            : throw Damaged();
    }

    private static byte[] Draw(int length, IRandomness randomness)
    {
        var bytes = new byte[length];
        randomness.Fill(bytes);
        return bytes;
    }

    private static byte[] Derive(string passphrase, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations, HashAlgorithmName.SHA256, VaultKey.Length);

    private KeyFile? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(JsonFile.Read(path), KeyFileJson.Lenient.TypeOf<KeyFile>());
        }
        catch (JsonException)
        {
            throw Damaged();
        }
    }

    private VaultProblem Damaged() => new(VaultProblem.CatalogueDamaged, $"{path} is damaged; what it opens cannot be read without it.");
}

/// <summary>The file.</summary>
/// <param name="Format">What it is.</param>
/// <param name="Iterations">Of PBKDF2.</param>
/// <param name="Salt">Of PBKDF2, base64url.</param>
/// <param name="Wrapped">The key under the passphrase's, base64url.</param>
internal sealed record KeyFile(string Format, int Iterations, string Salt, string Wrapped);

/// <summary>The JSON of the file.</summary>
[JsonSerializable(typeof(KeyFile))]
internal sealed partial class KeyFileJson : JsonSerializerContext
{
    /// <summary>As every client reads and writes.</summary>
    public static JsonSerializerOptions Lenient { get; } = ContractJson.LenientOf(new KeyFileJson());
}
