using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FairShare.Testing;

namespace FairShare.Web.Tests.Support;

/// <summary>A server of somebody's that takes webhooks: it answers pings, and gives one status to what else comes.</summary>
internal sealed class WebhookServer : IDisposable
{
    private readonly HttpListener listener = new();

    public WebhookServer()
    {
        Url = $"http://127.0.0.1:{FreePort.Find()}/";
        listener.Prefixes.Add(Url);
        listener.Start();
        _ = listener.AnswerAllAsync(AnswerAsync);
    }

    /// <summary>Its address.</summary>
    public string Url { get; }

    /// <summary>The status of every answer but those of pings.</summary>
    public int Status { get; set; } = 204;

    public void Dispose() => listener.Close();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var body = JsonNode.Parse(await new StreamReader(context.Request.InputStream).ReadToEndAsync())!;
        if (body["challenge"] is { } challenge)
        {
            context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(new JsonObject { ["challenge"] = $"{challenge}" }.ToJsonString()));
        }
        else
        {
            context.Response.StatusCode = Status;
        }

        context.Response.Close();
    }
}
