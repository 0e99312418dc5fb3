namespace FairShare.Cli.Demo;

/// <summary>Compares files octet by octet, in bounded memory.</summary>
internal static class SameBytes
{
    private const int BufferLength = 1 << 20;

    public static async Task<bool> CompareAsync(string left, string right, CancellationToken cancellationToken)
    {
        using var first = File.OpenHandle(left, options: FileOptions.SequentialScan);
        using var second = File.OpenHandle(right, options: FileOptions.SequentialScan);
        var length = RandomAccess.GetLength(first);
        if (RandomAccess.GetLength(second) != length)
        {
            return false;
        }

        var (buffer, other) = (new byte[BufferLength], new byte[BufferLength]);
        for (var offset = 0L; offset < length; )
        {
            var count = await ReadAsync(first, buffer, offset, cancellationToken);
            if (
                await ReadAsync(second, other, offset, cancellationToken) != count
                || !buffer.AsSpan(0, count).SequenceEqual(other.AsSpan(0, count))
            )
            {
                return false;
            }

            offset += count;
        }

        return true;
    }

    private static async Task<int> ReadAsync(
        Microsoft.Win32.SafeHandles.SafeFileHandle file,
        byte[] buffer,
        long offset,
        CancellationToken cancellationToken
    )
    {
        var filled = 0;
        int count;
        while (
            filled < buffer.Length
            && (count = await RandomAccess.ReadAsync(file, buffer.AsMemory(filled), offset + filled, cancellationToken)) > 0
        )
        {
            filled += count;
        }

        return filled;
    }
}
