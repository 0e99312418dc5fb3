namespace FairShare.Client.Tests.Kill;

/// <summary>Counts the requests of all clients, so that a kill comes at a request and not at a time.</summary>
internal sealed class KillSwitch
{
    private readonly Lock gate = new();
    private TaskCompletionSource reached = new();
    private int left;

    /// <summary>All requests so far.</summary>
    public int Requests { get; private set; }

    /// <summary>Completes as this many further requests have been sent, the last of them not yet answered.</summary>
    public Task After(int requests)
    {
        lock (gate)
        {
            reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            left = requests;
            return reached.Task;
        }
    }

    /// <summary>What stands on a client's way to the host.</summary>
    public HttpMessageHandler Wire() => new Counter(this);

    private void Count()
    {
        lock (gate)
        {
            Requests++;
            if (--left == 0)
            {
                reached.TrySetResult();
            }
        }
    }

    private sealed class Counter(KillSwitch owner) : DelegatingHandler(new HttpClientHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = base.SendAsync(request, cancellationToken);
            owner.Count();
            return answer;
        }
    }
}
