using System.Buffers.Binary;

namespace FairShare.Backup.Refresh;

/// <summary>Which shares are refreshed: those of a backup in an epoch. What is said in one context says nothing in another.</summary>
/// <param name="Backup">The backup's id, 16 octets.</param>
/// <param name="Epoch">The epoch that ends; the refresh begins the next one.</param>
/// <param name="Attempt">Which attempt at it this is, from 0; each that is given up is followed by the next.</param>
public sealed record RefreshContext(ReadOnlyMemory<byte> Backup, uint Epoch, uint Attempt = 0)
{
    /// <summary>The octets of the context: the backup's id, epoch and attempt in four octets each.</summary>
    public byte[] ToBytes()
    {
        var octets = new byte[Backup.Length + (2 * sizeof(uint))];
        Backup.CopyTo(octets);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(Backup.Length), Epoch);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(Backup.Length + sizeof(uint)), Attempt);
        return octets;
    }
}
