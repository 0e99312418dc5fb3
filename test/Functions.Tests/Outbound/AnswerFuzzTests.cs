using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using FairShare.Functions.Outbound;
using TemplateHost.Testing.Fuzzing;

namespace FairShare.Functions.Tests.Outbound;

/// <summary>Whatever octets an endpoint answers with, a message counts as taken only by a status of success.</summary>
public sealed partial class AnswerFuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Whole =
    [
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"challenge\":\"a\"}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\nSet-Cookie: a=b\r\n\r\n",
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n",
    ];

    private static readonly string[] Words =
    [
        "\r\n",
        "HTTP/1.1 ",
        "HTTP/9.9 ",
        "100 Continue\r\n\r\n",
        "Content-Length: ",
        "-1",
        "99999999999999999999",
        "Transfer-Encoding: chunked",
        "Content-Encoding: gzip",
        "ffffffff",
        "\0",
        ": ",
    ];

    [Fact]
    public async Task Send_AnyAnswer_IsToldAndTakenByItsStatusAlone()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero });
        var (taken, total) = await RunAsync(http);
        output.WriteLine($"answers: {total} inputs, {taken} taken");
        Assert.True(total == 1 || (taken > 0 && taken < total));
    }

    [Fact]
    public async Task Send_ByAConnectionThatFollows_IsFound()
    {
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });
        await Assert.ThrowsAsync<FuzzFindingException>(() => RunAsync(http));
    }

    private static async Task<(int Taken, int Total)> RunAsync(HttpClient http)
    {
        var (plan, taken) = (FuzzPlan.Of(200), 0);
        using var endpoint = new RawEndpoint();
        var sender = new WebhookSender(http, TimeProvider.System);
        foreach (var number in plan.Numbers)
        {
            var random = plan.RandomOf(number);
            var whole = Whole[random.Next(Whole.Length)];
            endpoint.Answer = Encoding.Latin1.GetBytes(random.Next(10) == 0 ? whole : TextMutator.Mutate(whole, random, Words));
            var isAsked = random.Next(2) == 0;
            var answer = isAsked
                ? await sender.AskAsync(
                    endpoint.Url,
                    "m",
                    "{}",
                    [
                        [1, 2, 3],
                    ],
                    default
                )
                : await sender.SendAsync(
                    endpoint.Url,
                    "m",
                    "{}",
                    [
                        [1, 2, 3],
                    ],
                    default
                );
            taken += answer.Failure is null ? 1 : 0;
            if (answer.Failure is null && !SaysSuccess().IsMatch(Encoding.Latin1.GetString(endpoint.Answer)))
            {
                throw new FuzzFindingException($"Taken: {answer}\n{plan.Replay(number)}\n{Convert.ToBase64String(endpoint.Answer)}");
            }

            if (answer.Text.Length > 4096)
            {
                throw new FuzzFindingException($"{answer.Text.Length} letters were kept\n{plan.Replay(number)}");
            }
        }

        return (taken, plan.Count);
    }

    // The last status, where others of the kind 100 to 199 go before it.
    [GeneratedRegex(@"^(HTTP/\d\.\d 1\d\d[^\n]*\n([^\r\n]+\r?\n)*\r?\n)*\s*HTTP/\d\.\d 2\d\d")]
    private static partial Regex SaysSuccess();

    /// <summary>Reads a request, gives its answer's octets, and hangs up.</summary>
    private sealed class RawEndpoint : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public RawEndpoint()
        {
            listener.Start();
            _ = ServeAsync();
        }

        public string Url => $"http://{listener.LocalEndpoint}/hook";

        public byte[] Answer { get; set; } = [];

        public void Dispose() => listener.Dispose();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var connection = await listener.AcceptTcpClientAsync();
                    var stream = connection.GetStream();
                    await ReadRequestAsync(stream);
                    await stream.WriteAsync(Answer);
                    connection.Client.Shutdown(SocketShutdown.Send);
                }
            }
            catch (Exception over) when (over is SocketException or ObjectDisposedException or IOException)
            {
                // It was stopped.
            }
        }

        private static async Task ReadRequestAsync(NetworkStream stream)
        {
            var read = new StringBuilder();
            var buffer = new byte[4096];
            while (!read.ToString().EndsWith("\r\n\r\n{}", StringComparison.Ordinal))
            {
                var length = await stream.ReadAsync(buffer);
                if (length == 0)
                {
                    return;
                }

                read.Append(Encoding.Latin1.GetString(buffer, 0, length));
            }
        }
    }
}
