using System.Buffers.Binary;

namespace FairShare.Backup.Refresh;

/// <summary>Which shares are refreshed: those of a backup in an epoch. What is said in one context says nothing in another.</summary>
/// <param name="Backup">The backup's id, 16 octets.</param>
/// <param name="Epoch">The epoch that ends; the refresh begins the next one.</param>
public sealed record RefreshContext(ReadOnlyMemory<byte> Backup, uint Epoch)
{
    /// <summary>The octets of the context: the backup's id, and the epoch in four octets.</summary>
    public byte[] ToBytes()
    {
        var octets = new byte[Backup.Length + sizeof(uint)];
        Backup.CopyTo(octets);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(Backup.Length), Epoch);
        return octets;
    }
}
