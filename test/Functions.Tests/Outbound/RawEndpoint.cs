using System.Net;
using System.Net.Sockets;

namespace FairShare.Functions.Tests.Outbound;

/// <summary>A server on this machine that speaks octets. A connection that breaks ends that connection, and never the server.</summary>
internal sealed class RawEndpoint : IDisposable
{
    private static readonly RawAnswer Taken = new(
        [
            [.. "HTTP/1.1 204 No Content\r\n\r\n"u8],
        ],
        RawEnd.HangUp
    );
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private RawAnswer answer = Taken;
    private TaskCompletionSource silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int connections;
    private long flooded;

    public RawEndpoint()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"http://{listener.LocalEndpoint}/hook";

    /// <summary>How many connections came.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>How many octets of a flood the other side took, with what lies in the buffers between.</summary>
    public long Flooded => Interlocked.Read(ref flooded);

    /// <summary>Says this to the next connection.</summary>
    /// <returns>Completes when the server has said all, and leaves the connection open.</returns>
    public Task Say(RawAnswer next)
    {
        (answer, flooded) = (next, 0);
        silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return silent.Task;
    }

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptSocketAsync(), answer, silent);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket connection, RawAnswer said, TaskCompletionSource saidAll)
    {
        Interlocked.Increment(ref connections);
        using (connection)
        {
            try
            {
                await SayAsync(connection, said, saidAll);
            }
            catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
            {
                // The other side has ended it, as it may at any time.
            }
        }
    }

    private async Task SayAsync(Socket connection, RawAnswer said, TaskCompletionSource saidAll)
    {
        connection.NoDelay = true;
        var buffer = new byte[1 << 16];
        if (said.Listens)
        {
            await connection.ReceiveAsync(buffer);
        }

        foreach (var piece in said.Pieces)
        {
            await connection.SendAsync(piece);
        }

        for (long left = said.Flood.Length == 0 ? 0 : said.MostFlood; left > 0; left -= said.Flood.Length)
        {
            Interlocked.Add(ref flooded, await connection.SendAsync(said.Flood));
        }

        switch (said.End)
        {
            case RawEnd.Reset:
                connection.LingerState = new LingerOption(true, 0);
                break;
            case RawEnd.Silence:
                saidAll.TrySetResult();
                // Until the other side hangs up.
                while (await connection.ReceiveAsync(buffer) > 0) { }
                break;
        }
    }
}
