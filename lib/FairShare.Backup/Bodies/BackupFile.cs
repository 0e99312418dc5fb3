using System.Buffers.Binary;
using FairShare.Backup.Curve;
using FairShare.Core.Identifiers;
using FairShare.Vault.Age;
using FairShare.Vault.Compression;
using FairShare.Vault.Objects;

namespace FairShare.Backup.Bodies;

/// <summary>
/// A backup's file: age v1 over zstd over tar, as the vault's objects are, and as long as a multiple of m, so that the header of a
/// <c>.fec</c> file is known before its end.
/// </summary>
public static class BackupFile
{
    // A skippable frame of zstd: its magic number and its length, and then as many octets.
    private const int FrameHeaderSize = 8;
    private const uint FrameMagic = 0x184D2A50;

    /// <summary>Writes the file.</summary>
    /// <param name="content">What is backed up.</param>
    /// <param name="secret">The secret that is shared.</param>
    /// <param name="multiple">What the file's length must be a multiple of; 1 to 40.</param>
    /// <param name="destination">Takes the file; stays open.</param>
    /// <param name="randomness">The source of salt, file key and nonce.</param>
    /// <param name="progress">Is told the bytes of content that are done.</param>
    /// <param name="cancellationToken">Ends the writing with an exception.</param>
    public static void Write(
        IVaultContent content,
        Scalar secret,
        int multiple,
        Stream destination,
        IRandomness randomness,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        using var envelope = NewEnvelope(secret, randomness);
        using var age = new AgeWriter(destination, envelope);
        using var payload = new PayloadWriter(age, content.Kind, VaultCompression.Zstd);
        content.WriteTo(payload, progress, cancellationToken);
        payload.Complete();
        Pad(age, envelope, payload.PayloadLength, multiple);
        age.Complete();
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="AgeException">Every fault; that of a chunk after the first one only when it is read.</exception>
    public static OpenedObject Open(Stream source, Scalar secret) =>
        VaultObject.OpenWithPassphrase(source, System.Text.Encoding.ASCII.GetBytes(AgePassphrase.Of(secret)), long.MaxValue);

    /// <summary>More octets than a file of a content will have.</summary>
    public static long LengthBound(long contentLength) => VaultObject.LengthBound(contentLength) + (128 << 10);

    private static AgeEnvelope NewEnvelope(Scalar secret, IRandomness randomness)
    {
        var salt = new byte[AgeScrypt.SaltLength];
        randomness.Fill(salt);
        var passphrase = System.Text.Encoding.ASCII.GetBytes(AgePassphrase.Of(secret));
        var key = AgeScrypt.Derive(passphrase, salt, AgePassphrase.WorkFactor, AgeScrypt.WrapKeyLength);
        return AgeEnvelope.New(key, salt, AgePassphrase.WorkFactor, randomness);
    }

    private static void Pad(AgeWriter age, AgeEnvelope envelope, long length, int multiple)
    {
        if (envelope.FileLength(length) % multiple == 0)
        {
            return;
        }

        var size = FrameHeaderSize;
        while (envelope.FileLength(length + size) % multiple != 0)
        {
            size++;
        }

        var frame = new byte[size];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, FrameMagic);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(sizeof(uint)), size - FrameHeaderSize);
        age.Write(frame);
    }
}
