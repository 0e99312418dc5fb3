using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>Somebody who gives the same answer to every call.</summary>
internal sealed class SamePeer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task serving;
    private int calls;

    public SamePeer(string answer)
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}";
        port.Stop();
        listener.Prefixes.Add(Url + "/");
        listener.Start();
        serving = ServeAsync(Encoding.UTF8.GetBytes(answer));
    }

    /// <summary>Its address.</summary>
    public string Url { get; }

    /// <summary>How often it was called.</summary>
    public int Calls => calls;

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Close();
    }

    private async Task ServeAsync(byte[] answer)
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                calls++;
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(answer);
                context.Response.Close();
            }
        }
        catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }
}
