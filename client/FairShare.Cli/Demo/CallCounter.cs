namespace FairShare.Cli.Demo;

/// <summary>Counts and lists the requests that go through it.</summary>
internal sealed class CallCounter : DelegatingHandler
{
    private readonly List<string> calls = [];
    private readonly Lock gate = new();

    public CallCounter()
        : base(new SocketsHttpHandler()) { }

    /// <summary>Method and path of each request since the last <see cref="Reset"/>.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (gate)
            {
                return [.. calls];
            }
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            calls.Clear();
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            calls.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
        }

        return base.SendAsync(request, cancellationToken);
    }
}
