using System.Buffers.Binary;
using FairShare.Backup.Curve;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Records;

/// <summary>Two numbers that one peer sends to another through somebody who must not read them: masks, and masked shares.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Epoch">The epoch of the share that is given back.</param>
/// <param name="Lost">The index of the peer that is helped.</param>
public sealed record SealedNumbers(BackupId Backup, uint Epoch, int Lost)
{
    /// <summary>Seals numbers.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="from">The index of the peer that sends them.</param>
    /// <param name="to">The index of the peer that they are for.</param>
    /// <param name="recipient">Its public key.</param>
    /// <param name="randomness">Where the one-time key comes from.</param>
    public byte[] Seal(SecretShare numbers, int from, int to, ReadOnlySpan<byte> recipient, IRandomness randomness) =>
        AgreementKey.Seal(recipient, [.. numbers.Value.ToBytes(), .. numbers.Blinding.ToBytes()], ContextOf(from, to), randomness);

    /// <summary>Opens numbers.</summary>
    /// <param name="text">What was sealed.</param>
    /// <param name="from">The index of the peer that sent them.</param>
    /// <param name="to">The index of the peer that they are for.</param>
    /// <param name="key">Its key.</param>
    /// <param name="index">The index that the numbers are the values at.</param>
    /// <returns>Null for what was not sealed for that.</returns>
    public SecretShare? TryOpen(ReadOnlySpan<byte> text, int from, int to, AgreementKey key, int index) =>
        key.TryOpen(text, ContextOf(from, to)) is { Length: 2 * Scalar.Size } octets
        && Scalar.TryRead(octets.AsSpan(0, Scalar.Size)) is { } value
        && Scalar.TryRead(octets.AsSpan(Scalar.Size)) is { } blinding
            ? new SecretShare(index, value, blinding)
            : null;

    private byte[] ContextOf(int from, int to)
    {
        Span<byte> epoch = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(epoch, Epoch);
        return [.. "help "u8, .. Backup.ToBytes(), .. epoch, (byte)Lost, (byte)from, (byte)to];
    }
}
