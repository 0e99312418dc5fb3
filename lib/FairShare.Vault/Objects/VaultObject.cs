using FairShare.Core.Identifiers;
using FairShare.Vault.Age;
using FairShare.Vault.Compression;
using FairShare.Vault.Derivation;
using FairShare.Vault.Padding;

namespace FairShare.Vault.Objects;

/// <summary>An item as it is stored: an age v1 file, whose payload is zstd, whose content is a tar archive or a pipe.</summary>
public static class VaultObject
{
    /// <summary>Bytes of an object's header: one scrypt stanza with a work factor of two digits.</summary>
    public const int HeaderLength = 150;

    // zstd, RFC 8878: what cannot be compressed grows by the headers of blocks.
    private const int GrowthShift = 8;
    private const int FixedGrowth = 1 << 10;

    /// <summary>Draws what a new object begins with. An envelope is used for one content only.</summary>
    public static AgeEnvelope NewEnvelope(VaultKeys keys, IRandomness randomness) =>
        AgeEnvelope.New(keys.WrapKey, keys.Salt, keys.WorkFactor, randomness);

    /// <summary>Writes an object.</summary>
    /// <param name="content">What is stored.</param>
    /// <param name="compression">How it is compressed.</param>
    /// <param name="envelope">Header, nonce and file key.</param>
    /// <param name="destination">Takes the object; stays open. After an exception it holds a beginning that no reader takes.</param>
    /// <param name="progress">Is told the bytes of content that are done.</param>
    /// <param name="cancellationToken">Ends the writing with an exception.</param>
    public static void Write(
        IVaultContent content,
        VaultCompression compression,
        AgeEnvelope envelope,
        Stream destination,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        using var age = new AgeWriter(destination, envelope);
        using var payload = new PayloadWriter(age, content.Kind, compression);
        content.WriteTo(payload, progress, cancellationToken);
        payload.Complete();
        age.Complete();
    }

    /// <summary>More bytes than an object of a content will have.</summary>
    /// <param name="contentLength">Bytes of content, for example <see cref="IVaultContent.LengthBound"/>.</param>
    public static long LengthBound(long contentLength)
    {
        var compressed = contentLength + (contentLength >> GrowthShift) + FixedGrowth;
        return AgeEnvelope.FileLength(HeaderLength, PaddedLength.WithFrames(compressed));
    }

    /// <summary>Opens an object of the vault: salt and work factor must be those of the code.</summary>
    /// <param name="source">The object; read to its end, and left open.</param>
    /// <param name="keys">The keys of its code and password.</param>
    /// <param name="limit">The most bytes of content that are taken.</param>
    /// <exception cref="AgeException">Every fault; that of a chunk after the first one only when it is read.</exception>
    public static OpenedObject Open(Stream source, VaultKeys keys, long limit) =>
        Open(AgeReader.OpenWithKey(source, keys.WrapKey, keys.Salt, keys.WorkFactor), limit);

    /// <summary>Opens a file of the same shape that <c>tar | zstd | age -p</c> or anybody else made.</summary>
    /// <param name="source">The file; read to its end, and left open.</param>
    /// <param name="passphrase">The passphrase in UTF-8.</param>
    /// <param name="limit">The most bytes of content that are taken.</param>
    /// <exception cref="AgeException">Every fault; that of a chunk after the first one only when it is read.</exception>
    public static OpenedObject OpenWithPassphrase(Stream source, byte[] passphrase, long limit) =>
        Open(AgeReader.OpenWithPassphrase(source, passphrase), limit);

    private static OpenedObject Open(AgeReader age, long limit)
    {
        try
        {
            return new(age, limit);
        }
        catch
        {
            age.Dispose();
            throw;
        }
    }
}
