using System.Security.Cryptography;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Vault.Age;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;

namespace FairShare.Vault.Transfer;

/// <summary>
/// The octets of a stored <see cref="UploadState"/>: the text <c>fairshare.vault.upload.v1</c>, a random nonce of 12 bytes, and the state
/// under ChaCha20-Poly1305 (RFC 8439) with the text as associated data.
/// </summary>
public static class UploadStateFile
{
    /// <summary>The length of the key in bytes.</summary>
    public const int KeyLength = 32;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    private static ReadOnlySpan<byte> Magic => "fairshare.vault.upload.v1"u8;

    /// <summary>Encrypts a state; each call gives other octets.</summary>
    /// <param name="state">The state.</param>
    /// <param name="key">32 bytes that only the owner has.</param>
    /// <param name="randomness">The source of the nonce.</param>
    public static byte[] Seal(UploadState state, ReadOnlySpan<byte> key, IRandomness randomness)
    {
        var plaintext = Write(state);
        try
        {
            var file = new byte[Magic.Length + NonceLength + plaintext.Length + TagLength];
            Magic.CopyTo(file);
            var nonce = file.AsSpan(Magic.Length, NonceLength);
            randomness.Fill(nonce);
            using var cipher = new ChaCha20Poly1305(key);
            var body = file.AsSpan(Magic.Length + NonceLength);
            cipher.Encrypt(nonce, plaintext, body[..^TagLength], body[^TagLength..], Magic);
            return file;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    /// <summary>Decrypts a state; the caller disposes it.</summary>
    /// <exception cref="ProtocolException"><c>vault-upload-state</c>: no such file, of another key, or changed.</exception>
    public static UploadState Open(ReadOnlySpan<byte> file, ReadOnlySpan<byte> key)
    {
        if (file.Length < Magic.Length + NonceLength + TagLength || !file.StartsWith(Magic))
        {
            throw Refuse("This is not the state of an upload.");
        }

        var body = file[(Magic.Length + NonceLength)..];
        var plaintext = new byte[body.Length - TagLength];
        try
        {
            using var cipher = new ChaCha20Poly1305(key);
            cipher.Decrypt(file.Slice(Magic.Length, NonceLength), body[..^TagLength], body[^TagLength..], plaintext, Magic);
            return Read(plaintext);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Refuse("The state of the upload was changed, or is under another key.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    private static byte[] Write(UploadState state)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        writer.Write((byte)state.Code.Mode);
        writer.Write(state.Code.Secret.Bytes);
        writer.Write(state.Envelope.Header.Length);
        writer.Write(state.Envelope.Header);
        writer.Write(state.Envelope.Nonce);
        writer.Write(state.Envelope.FileKey.Bytes);
        writer.Write((byte)state.Compression);
        writer.Write(state.PartSize);
        writer.Write(state.PartDigests.Count);
        foreach (var digest in state.PartDigests)
        {
            writer.Write(digest.ToBytes());
        }

        writer.Write(state.Note.Length);
        writer.Write(state.Note);
        var octets = buffer.ToArray();
        CryptographicOperations.ZeroMemory(buffer.GetBuffer());
        return octets;
    }

    // Genuine, so written by Write above.
    private static UploadState Read(byte[] plaintext)
    {
        using var reader = new BinaryReader(new MemoryStream(plaintext));
        var mode = (VaultMode)reader.ReadByte();
        var code = new VaultCode(mode, VaultSecret.FromBytes(reader.ReadBytes(VaultSecret.ByteLength)));
        var header = reader.ReadBytes(reader.ReadInt32());
        var nonce = reader.ReadBytes(AgeEnvelope.NonceLength);
        var envelope = new AgeEnvelope(header, nonce, AgeFileKey.FromBytes(reader.ReadBytes(AgeFileKey.ByteLength)));
        var compression = (VaultCompression)reader.ReadByte();
        var partSize = reader.ReadInt32();
        var digests = Enumerable
            .Range(0, reader.ReadInt32())
            .Select(_ => Sha256Digest.FromBytes(reader.ReadBytes(Sha256Digest.ByteLength)))
            .ToList();
        return new(code, envelope, compression, partSize, digests) { Note = reader.ReadBytes(reader.ReadInt32()) };
    }

    private static ProtocolException Refuse(string message) => new("vault-upload-state", message);
}
