using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace FairShare.Testing;

/// <summary>Ports of this machine for servers that must be told theirs before they start.</summary>
public static class FreePort
{
    // Systems give ports above these to connections, and to servers that ask for any: between the look here and the server's start nobody
    // gets one of these by chance.
    private const int First = 20_000;
    private const int End = 32_000;

    /// <summary>A port on which nobody listens.</summary>
    public static int Find()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, End);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }
}
