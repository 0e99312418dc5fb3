using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace FairShare.Client.Vault.Gateway;

/// <summary>
/// Talks the seed's protocol on this machine's loopback address, so that a program written from its document stores and fetches through the
/// vault. Eight connections are served at once; more wait.
/// </summary>
public sealed class VaultGateway : IDisposable
{
    private const int Connections = 8;

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    private readonly GatewayStore store;
    private readonly TimeProvider time;
    private readonly RSA? key;
    private readonly TcpListener listener;
    private readonly SemaphoreSlim places = new(Connections);

    private VaultGateway(GatewayStore store, TimeProvider time, RSA? key, TcpListener listener) =>
        (this.store, this.time, this.key, this.listener) = (store, time, key, listener);

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Begins to listen.</summary>
    /// <param name="store">Where files are.</param>
    /// <param name="port">The port; 0 takes a free one. The seed's is 954.</param>
    /// <param name="encrypts">Whether connections are under the seed's RSA.</param>
    /// <param name="time">The clock of silent clients.</param>
    /// <exception cref="SocketException">The port cannot be listened on.</exception>
    public static VaultGateway Start(GatewayStore store, int port, bool encrypts, TimeProvider time)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return new(store, time, encrypts ? RSA.Create(RsaStream.KeySize) : null, listener);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Serves connections until it is stopped; uploads that have not ended then leave nothing.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var conversations = new HashSet<Task>();
        try
        {
            while (true)
            {
                await places.WaitAsync(cancellationToken).ConfigureAwait(false);
                var connection = await listener.AcceptTcpClientAsync(cancellationToken).ConfigureAwait(false);
                conversations.RemoveWhere(conversation => conversation.IsCompleted);
                conversations.Add(Task.Run(() => ServeAsync(connection, cancellationToken), CancellationToken.None));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(conversations).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        listener.Dispose();
        key?.Dispose();
        places.Dispose();
    }

    private async Task ServeAsync(TcpClient connection, CancellationToken cancellationToken)
    {
        try
        {
            using (connection)
            {
                connection.NoDelay = true;
                await TalkAsync(connection.GetStream(), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // The client has gone, or the gateway is stopped.
        }
        finally
        {
            places.Release();
        }
    }

    private async Task TalkAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        if (key is null)
        {
            await TalkOverAsync(stream, cancellationToken).ConfigureAwait(false);
            return;
        }

        using var silence = new CancellationTokenSource(Idle, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        var encrypted = await RsaStream.AcceptAsync(stream, key, stop.Token).ConfigureAwait(false);
        if (encrypted is not null)
        {
            await using (encrypted.ConfigureAwait(false))
            {
                await TalkOverAsync(encrypted, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task TalkOverAsync(Stream stream, CancellationToken cancellationToken) =>
        new GatewayConversation(new MessageStream(stream, Idle, time), store).RunAsync(cancellationToken);
}
