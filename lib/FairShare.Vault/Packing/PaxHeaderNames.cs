using System.Text;
using FairShare.Vault.Streams;

namespace FairShare.Vault.Packing;

/// <summary>
/// Passes on a tar archive, and gives the header of each extended header one name: the framework's writer puts its process's number into
/// it, with which the same tree would not become the same bytes when an upload is resumed.
/// </summary>
internal sealed class PaxHeaderNames(Stream destination) : WriteOnlyStream
{
    private const int BlockLength = 512;
    private const int NameLength = 100;
    private const int ChecksumOffset = 148;
    private const int ChecksumLength = 8;
    private const int TypeOffset = 156;
    private const byte ExtendedHeader = (byte)'x';

    private readonly byte[] block = new byte[BlockLength];
    private int missing;

    /// <summary>Says that the next block is the header of an entry.</summary>
    public void ExpectHeader() => missing = BlockLength;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var length = Math.Min(missing, buffer.Length);
        if (length > 0)
        {
            buffer[..length].CopyTo(block.AsSpan(BlockLength - missing));
            missing -= length;
            if (missing == 0)
            {
                Rename();
                destination.Write(block);
            }
        }

        destination.Write(buffer[length..]);
    }

    private void Rename()
    {
        if (block[TypeOffset] != ExtendedHeader)
        {
            return;
        }

        block.AsSpan(0, NameLength).Clear();
        "././@PaxHeader"u8.CopyTo(block);
        // The checksum is the sum of all octets, its own taken as spaces: six octal digits, NUL, space.
        block.AsSpan(ChecksumOffset, ChecksumLength).Fill((byte)' ');
        var sum = 0;
        Array.ForEach(block, octet => sum += octet);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0", block.AsSpan(ChecksumOffset));
    }
}
