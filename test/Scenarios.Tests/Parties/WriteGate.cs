using System.Threading.Channels;
using Amazon.Runtime;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Parties;

/// <summary>
/// Holds every write of one client twice, before it reaches the table and before its answer reaches the client, until the test lets it go
/// on. Reads pass.
/// </summary>
internal sealed class WriteGate(TestHost host) : HttpClientFactory
{
    private readonly Channel<bool> held = Channel.CreateUnbounded<bool>();
    private readonly Channel<bool> open = Channel.CreateUnbounded<bool>();

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Gate(this, host.Embedded.CreateHandler()));

    /// <summary>Lets the client run until its next write is held, or until it has finished.</summary>
    /// <returns>False when it has finished.</returns>
    public async Task<bool> RunAsync(Task client)
    {
        var next = held.Reader.ReadAsync().AsTask();
        return await Task.WhenAny(next, client) == next;
    }

    /// <summary>Lets what is held go on.</summary>
    public void Open() => open.Writer.TryWrite(true);

    private sealed class Gate(WriteGate gate, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isWrite =
                request.Headers.TryGetValues("X-Amz-Target", out var target)
                && target.Single().EndsWith(".TransactWriteItems", StringComparison.Ordinal);
            await HoldAsync(isWrite);
            var response = await base.SendAsync(request, cancellationToken);
            await HoldAsync(isWrite);
            return response;
        }

        private async Task HoldAsync(bool isWrite)
        {
            if (isWrite)
            {
                gate.held.Writer.TryWrite(true);
                await gate.open.Reader.ReadAsync();
            }
        }
    }
}
