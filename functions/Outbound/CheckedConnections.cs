using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FairShare.Functions.Outbound;

/// <summary>
/// Connections to endpoints that others name. A name is resolved once for a connection, all its addresses must be allowed, and the
/// connection goes to one of those that were looked at: a name that says something else a moment later leads nowhere else.
/// </summary>
/// <param name="rule">Where connections may lead.</param>
/// <param name="resolve">Resolves a name; null asks the system.</param>
internal sealed class CheckedConnections(AddressRule rule, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private const int LongestHeadersInKilobytes = 16;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <summary>
    /// Makes a client that follows no redirect, keeps no cookie, asks no proxy, keeps no connection, and reads on nothing that is left. It
    /// fetches nothing that a certificate names: a server sends the certificates between its own and the root.
    /// </summary>
    public HttpClient Open() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                ConnectTimeout = ConnectTimeout,
                MaxResponseHeadersLength = LongestHeadersInKilobytes,
                MaxResponseDrainSize = 0,
                PooledConnectionLifetime = TimeSpan.Zero,
                ConnectCallback = ConnectAsync,
                SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Chain() },
            }
        )
        {
            // The sender's own timeout, which goes by the service's clock, is the one that counts.
            Timeout = Timeout.InfiniteTimeSpan,
        };

    // A chain is built before it is known whether to trust it: an address in the certificate of a stranger leads anywhere, unchecked.
    private static X509ChainPolicy Chain() =>
        new()
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            ApplicationPolicy = { new Oid(ServerAuthentication) },
        };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isEncrypted = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        // A name with addresses of both kinds is one that somebody made for this.
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, address => rule.Allows(address, isEncrypted)))
        {
            throw new AddressRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name leads to an address to which nothing is delivered.</summary>
internal sealed class AddressRefusedException() : Exception("The endpoint's name leads to an address to which nothing is delivered.");
