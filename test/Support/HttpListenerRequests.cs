using System.Net;

namespace FairShare.Testing;

/// <summary>The requests that a listener of a test takes.</summary>
public static class HttpListenerRequests
{
    /// <summary>Answers one request after the other, until the listener is stopped or closed.</summary>
    /// <param name="listener">The listener; another thread may stop it at any time.</param>
    /// <param name="answer">Writes an answer and closes it.</param>
    public static async Task AnswerAllAsync(this HttpListener listener, Func<HttpListenerContext, Task> answer)
    {
        while (await NextAsync(listener) is { } request)
        {
            try
            {
                await answer(request);
            }
            catch (HttpListenerException)
            {
                // Who asked hung up; the next may not.
            }
        }
    }

    private static async Task<HttpListenerContext?> NextAsync(HttpListener listener)
    {
        try
        {
            return await listener.GetContextAsync();
        }
        catch (Exception stopped) when (stopped is HttpListenerException or InvalidOperationException)
        {
            // Stopped while it waited, stopped before it waited, or closed: each is told by an exception of its own.
            return null;
        }
    }
}
