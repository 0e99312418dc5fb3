using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace FairShare.Web.Tests.Support;

/// <summary>A server of somebody's that takes webhooks: it answers pings, and notes what else comes.</summary>
internal sealed class WebhookServer : IDisposable
{
    private readonly HttpListener listener = new();

    public WebhookServer()
    {
        // The listener takes no port of the system's choice.
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        listener.Prefixes.Add(Url);
        listener.Start();
        _ = AnswerAsync();
    }

    /// <summary>Its address.</summary>
    public string Url { get; }

    /// <summary>The status of every answer but those of pings.</summary>
    public int Status { get; set; } = 204;

    public void Dispose() => listener.Close();

    private async Task AnswerAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var body = JsonNode.Parse(await new StreamReader(context.Request.InputStream).ReadToEndAsync())!;
            if (body["challenge"] is { } challenge)
            {
                context.Response.OutputStream.Write(
                    Encoding.UTF8.GetBytes(new JsonObject { ["challenge"] = $"{challenge}" }.ToJsonString())
                );
            }
            else
            {
                context.Response.StatusCode = Status;
            }

            context.Response.Close();
        }
    }
}
