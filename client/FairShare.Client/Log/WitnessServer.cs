using System.Net;
using System.Text;
using FairShare.Log.Witnesses;

namespace FairShare.Client.Log;

/// <summary>Serves a witness over HTTP: <c>POST /add-checkpoint</c>, and nothing else.</summary>
/// <param name="witness">The witness.</param>
/// <param name="store">What it cosigned.</param>
/// <param name="time">The clock.</param>
public sealed class WitnessServer(Witness witness, WitnessStore store, TimeProvider time)
{
    private const int BodyLimit = 128 * 1024;

    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="prefix">The address, for example <c>http://127.0.0.1:8443/</c>; ends with a slash.</param>
    /// <param name="started">Called once requests are taken.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="HttpListenerException">The address cannot be had.</exception>
    public async Task RunAsync(string prefix, Action started, CancellationToken cancellationToken)
    {
        using var listener = new HttpListener();
        listener.Prefixes.Add(prefix);
        listener.Start();
        await using var stop = cancellationToken.Register(listener.Stop).ConfigureAwait(false);
        started();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ServeAsync(await listener.GetContextAsync().ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException or OperationCanceledException)
            {
                // Stopped, or the other side hung up.
            }
            catch (InvalidOperationException) when (cancellationToken.IsCancellationRequested)
            {
                // Stopped between the look at the token and the wait for a request.
            }
        }
    }

    private async Task ServeAsync(HttpListenerContext context, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(context.Request, cancellationToken).ConfigureAwait(false);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.MediaType;
        var body = Encoding.UTF8.GetBytes(answer.Body);
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body, cancellationToken).ConfigureAwait(false);
        context.Response.Close();
    }

    private async Task<WitnessAnswer> AnswerAsync(HttpListenerRequest request, CancellationToken cancellationToken)
    {
        if (request.Url?.AbsolutePath != "/add-checkpoint")
        {
            return new WitnessAnswer(404, "text/plain; charset=utf-8", "There is nothing here but add-checkpoint.\n", null);
        }

        if (request.HttpMethod != "POST")
        {
            return new WitnessAnswer(405, "text/plain; charset=utf-8", "add-checkpoint is a POST.\n", null);
        }

        var body = new byte[BodyLimit + 1];
        var length = await request.InputStream.ReadAtLeastAsync(body, body.Length, false, cancellationToken).ConfigureAwait(false);
        return length > BodyLimit
            ? new WitnessAnswer(413, "text/plain; charset=utf-8", "The request is too large.\n", null)
            : store.Decide(witness, Encoding.UTF8.GetString(body, 0, length), time.GetUtcNow());
    }
}
