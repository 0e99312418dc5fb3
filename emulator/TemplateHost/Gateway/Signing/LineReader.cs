using System.Text;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway.Signing;

/// <summary>Reads a stream as lines and as runs of octets, over one buffer.</summary>
internal sealed class LineReader(Stream inner)
{
    private const int LongestLine = 8192;

    private readonly byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;

    /// <summary>The next line without its CRLF; null at the end of the stream.</summary>
    /// <exception cref="AwsException">IncompleteBody: a line that never ends.</exception>
    public async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (start < end || await FillAsync(cancellationToken))
        {
            var available = buffer.AsSpan(start, end - start);
            var feed = available.IndexOf((byte)'\n');
            line.Append(Encoding.Latin1.GetString(feed < 0 ? available : available[..feed]));
            start += feed < 0 ? available.Length : feed + 1;
            if (feed >= 0)
            {
                return line.ToString().TrimEnd('\r');
            }

            if (line.Length > LongestLine)
            {
                throw new AwsException("IncompleteBody", "A line of the aws-chunked body never ends.");
            }
        }

        return line.Length == 0 ? null : line.ToString();
    }

    /// <summary>Up to the given number of octets; none only at the end of the stream.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (start == end)
        {
            // A large read goes past the buffer, straight to its destination.
            if (destination.Length >= buffer.Length)
            {
                return await inner.ReadAsync(destination, cancellationToken);
            }

            if (!await FillAsync(cancellationToken))
            {
                return 0;
            }
        }

        var count = Math.Min(destination.Length, end - start);
        buffer.AsMemory(start, count).CopyTo(destination);
        start += count;
        return count;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        start = 0;
        end = await inner.ReadAsync(buffer, cancellationToken);
        return end > 0;
    }
}
