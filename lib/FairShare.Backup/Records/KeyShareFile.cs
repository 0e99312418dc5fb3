using System.Buffers.Binary;
using FairShare.Backup.Curve;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Records;

/// <summary>
/// A key share as octets: <c>FSKS</c>, version 1, the backup's id (16), epoch (4), index (1), value (32), blinding (32).
/// </summary>
/// <param name="Backup">The backup.</param>
/// <param name="Epoch">The epoch that the share is of.</param>
/// <param name="Share">The share.</param>
public sealed record KeyShareFile(BackupId Backup, uint Epoch, SecretShare Share)
{
    /// <summary>The octets of the form.</summary>
    public const int Size = 5 + 16 + 4 + 1 + (2 * Scalar.Size);

    private const int EpochPlace = 21;
    private const int IndexPlace = 25;
    private const int ValuePlace = 26;

    private static ReadOnlySpan<byte> Magic => "FSKS\x01"u8;

    /// <summary>What a share is sealed under, so that it opens as nothing else.</summary>
    public static byte[] ContextOf(BackupId backup, uint epoch, int index)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(number, epoch);
        return [.. "share "u8, .. backup.ToBytes(), .. number, (byte)index];
    }

    /// <summary>Writes the share.</summary>
    public byte[] ToBytes()
    {
        var octets = new byte[Size];
        Magic.CopyTo(octets);
        Backup.ToBytes().CopyTo(octets, Magic.Length);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(EpochPlace), Epoch);
        octets[IndexPlace] = (byte)Share.Index;
        Share.Value.ToBytes().CopyTo(octets, ValuePlace);
        Share.Blinding.ToBytes().CopyTo(octets, ValuePlace + Scalar.Size);
        return octets;
    }

    /// <summary>Reads a share of a backup.</summary>
    /// <returns>Null for other octets, and for a share of another backup.</returns>
    public static KeyShareFile? TryRead(ReadOnlySpan<byte> octets, BackupId backup) =>
        octets.Length == Size
        && octets.StartsWith(Magic)
        && octets[Magic.Length..EpochPlace].SequenceEqual(backup.ToBytes())
        && Scalar.TryRead(octets[ValuePlace..(ValuePlace + Scalar.Size)]) is { } value
        && Scalar.TryRead(octets[(ValuePlace + Scalar.Size)..]) is { } blinding
            ? new KeyShareFile(
                backup,
                BinaryPrimitives.ReadUInt32BigEndian(octets[EpochPlace..]),
                new SecretShare(octets[IndexPlace], value, blinding)
            )
            : null;
}
