namespace TemplateHost.Hosting;

/// <summary>The requests that are being served: a host that stops lets them end, and takes no more.</summary>
internal sealed class OpenRequests
{
    private readonly Lock guard = new();
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int count;
    private bool closed;

    /// <summary>Serves a request as one of the open ones.</summary>
    /// <exception cref="HttpRequestException">The host has stopped.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> serve)
    {
        Enter();
        try
        {
            return await serve();
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Takes no more requests; completes when the last one has ended.</summary>
    public Task CloseAsync()
    {
        lock (guard)
        {
            closed = true;
            if (count == 0)
            {
                drained.TrySetResult();
            }
        }

        return drained.Task;
    }

    private void Enter()
    {
        lock (guard)
        {
            if (closed)
            {
                throw new HttpRequestException("The host has stopped.");
            }

            count++;
        }
    }

    private void Leave()
    {
        lock (guard)
        {
            count--;
            if (closed && count == 0)
            {
                drained.TrySetResult();
            }
        }
    }
}
