using System.Net;
using System.Text;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>Somebody who gives the same answers to all calls, in turn.</summary>
internal sealed class SamePeer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task serving;
    private int calls;

    public SamePeer(params (HttpStatusCode Status, string Text)[] answers)
    {
        Url = $"http://127.0.0.1:{FreePort.Find()}";
        listener.Prefixes.Add(Url + "/");
        listener.Start();
        serving = ServeAsync(answers);
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

    private async Task ServeAsync((HttpStatusCode Status, string Text)[] answers)
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                var (status, text) = answers[calls++ % answers.Length];
                context.Response.StatusCode = (int)status;
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
                context.Response.Close();
            }
        }
        catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }
}
