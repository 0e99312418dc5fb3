namespace TemplateHost.S3.Checksums;

/// <summary>A reflected cyclic redundancy check of 32 or 64 bits, all ones in and out: CRC-32, CRC-32C and CRC-64/NVME.</summary>
internal sealed class Crc : IRollingHash
{
    private readonly ulong[] table;
    private readonly int octets;
    private ulong remainder;

    /// <param name="polynomial">With its bits reflected.</param>
    /// <param name="octets">4 or 8.</param>
    public Crc(ulong polynomial, int octets)
    {
        this.octets = octets;
        table = [.. Enumerable.Range(0, 256).Select(octet => Divide((ulong)octet, polynomial))];
        remainder = AllOnes;
    }

    private ulong AllOnes => octets == 8 ? ulong.MaxValue : uint.MaxValue;

    public void Append(ReadOnlySpan<byte> data)
    {
        var current = remainder;
        foreach (var octet in data)
        {
            current = table[(byte)current ^ octet] ^ (current >> 8);
        }

        remainder = current;
    }

    public byte[] Finish()
    {
        var value = remainder ^ AllOnes;
        var result = new byte[octets];
        for (var position = octets - 1; position >= 0; position--)
        {
            (result[position], value) = ((byte)value, value >> 8);
        }

        return result;
    }

    public void Dispose() { }

    private static ulong Divide(ulong value, ulong polynomial)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 1 ? (value >> 1) ^ polynomial : value >> 1;
        }

        return value;
    }
}
