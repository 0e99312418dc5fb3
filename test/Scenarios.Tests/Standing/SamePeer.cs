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
        serving = listener.AnswerAllAsync(context => AnswerAsync(context, answers[calls++ % answers.Length]));
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

    private async Task AnswerAsync(HttpListenerContext context, (HttpStatusCode Status, string Text) answer)
    {
        context.Response.StatusCode = (int)answer.Status;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Text));
        context.Response.Close();
    }
}
