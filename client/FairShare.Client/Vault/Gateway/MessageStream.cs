using System.Text;

namespace FairShare.Client.Vault.Gateway;

/// <summary>Messages of the seed on a connection: fields, each ended by a NUL, whose number the flag tells.</summary>
/// <param name="stream">The connection; left open.</param>
/// <param name="idle">How long a client may say nothing.</param>
/// <param name="time">The clock of it.</param>
internal sealed class MessageStream(Stream stream, TimeSpan idle, TimeProvider time)
{
    private const int BufferLength = 1 << 16;

    private readonly byte[] buffer = new byte[BufferLength];
    private int start;
    private int end;

    /// <summary>Reads a field; null where the connection has ended, within a field too.</summary>
    /// <param name="limit">The most bytes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="GatewayFault">It is longer.</exception>
    public async Task<byte[]?> ReadFieldAsync(int limit, CancellationToken cancellationToken)
    {
        using var field = new MemoryStream();
        while (true)
        {
            var separator = Array.IndexOf(buffer, (byte)0, start, end - start);
            var length = (separator < 0 ? end : separator) - start;
            if (field.Length + length > limit)
            {
                throw new GatewayFault(GatewayText.FailedToProceed, endsConversation: true);
            }

            field.Write(buffer, start, length);
            start += length;
            if (separator >= 0)
            {
                start++;
                return field.ToArray();
            }

            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return null;
            }
        }
    }

    /// <summary>Sends a message.</summary>
    public async Task WriteAsync(string flag, string argument, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{flag}\0{argument}\0"), cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(idle, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            (start, end) = (0, await stream.ReadAsync(buffer, stop.Token).ConfigureAwait(false));
            return end > 0;
        }
        catch (Exception fault) when (fault is IOException || (fault is OperationCanceledException && silence.IsCancellationRequested))
        {
            end = 0;
            return false;
        }
    }
}
