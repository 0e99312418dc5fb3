using System.Net.Sockets;
using FairShare.Functions.Outbound;

namespace FairShare.Functions.Tests.Outbound;

public sealed class WebhookSenderTests
{
    // As the framework's handler has it of an endpoint that breaks the connection as soon as it is there; AnswerFuzzTests found it.
    [Fact]
    public async Task Send_ToAConnectionThatIsBrokenAtOnce_IsUnreachable()
    {
        using var http = new HttpClient(new BrokenHandler());
        var sender = new WebhookSender(http, TimeProvider.System);

        var answer = await sender.SendAsync(
            "http://127.0.0.1/hook",
            "m",
            "{}",
            [
                [1, 2, 3],
            ],
            CancellationToken.None
        );

        Assert.Equal(new WebhookAnswer(null, "unreachable"), answer);
    }

    private sealed class BrokenHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new SocketException((int)SocketError.NotConnected);
    }
}
