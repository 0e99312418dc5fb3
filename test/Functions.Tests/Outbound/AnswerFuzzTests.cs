using System.Text;
using System.Text.RegularExpressions;
using FairShare.Functions.Outbound;
using TemplateHost.Hosting;
using TemplateHost.Testing.Fuzzing;

namespace FairShare.Functions.Tests.Outbound;

/// <summary>
/// Whatever octets an endpoint answers with, and however slowly: the sender says in one of its words what came of it, takes a message for
/// delivered by a status of success alone, follows nothing, and reads no further than it must.
/// </summary>
public sealed partial class AnswerFuzzTests(ITestOutputHelper output)
{
    private const int Few = 300;
    private const int LongestText = 4096;

    // A test that waits so long has found that the sender hangs; no input that passes takes a second.
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(2);

    // As long as the sender has patience, and more.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(11);

    // What lies in the buffers of both sides of a connection when nobody reads any more.
    private const long MostFlooded = 64 << 20;

    private static readonly string[] Failures = ["redirected", "refused", "timed-out", "unreachable"];
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[][] Keys =
    [
        [1, 2, 3],
    ];

    [Fact]
    public async Task Send_AnyAnswer_IsToldAndTakenByItsStatusAlone()
    {
        using var http = new CheckedConnections(new AddressRule(AllowsLoopback: true)).Open();
        var (taken, timedOut, total) = await RunAsync(http, FuzzPlan.Of(Few));
        output.WriteLine($"answers: {total} inputs, {taken} taken, {timedOut} waited for in vain");
        Assert.True(total == 1 || (taken > total / 20 && timedOut > 0 && taken < total / 2), $"{taken} {timedOut}");
    }

    [Fact]
    public async Task Send_ByAConnectionThatFollowsRedirects_IsFound()
    {
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });
        var found = await Assert.ThrowsAsync<FuzzFindingException>(() => RunAsync(http, new FuzzPlan(15, 0, Few)));
        Assert.Contains("followed", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ByAConnectionThatReadsAll_IsFound()
    {
        using var http = new HttpClient(
            new ReadingHandler
            {
                InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero },
            }
        );
        var found = await Assert.ThrowsAsync<FuzzFindingException>(() => RunAsync(http, new FuzzPlan(15, 0, Few)));
        Assert.Contains("octets were read", found.Message, StringComparison.Ordinal);
    }

    private static async Task<(int Taken, int TimedOut, int Total)> RunAsync(HttpClient http, FuzzPlan plan)
    {
        using var endpoint = new RawEndpoint();
        using var elsewhere = new RawEndpoint();
        var (draw, taken, timedOut) = (new AnswerDraw(elsewhere.Url), 0, 0);
        foreach (var number in plan.Numbers)
        {
            var random = plan.RandomOf(number);
            var said = random.Next(10) == 0 ? AnswerDraw.Whole(200 + random.Next(5)) : draw.Draw(random);
            var answer = await SendAsync(http, endpoint, said, isAsked: random.Next(2) == 0);
            if (FaultOf(answer, said, endpoint, elsewhere) is { } fault)
            {
                throw new FuzzFindingException(
                    $"{fault}: {answer}\n{plan.Replay(number)}\n{Convert.ToBase64String(said.Octets)} {said.End}"
                );
            }

            taken += answer.Failure is null ? 1 : 0;
            timedOut += answer.Failure == "timed-out" ? 1 : 0;
        }

        return (taken, timedOut, plan.Count);
    }

    private static async Task<WebhookAnswer> SendAsync(HttpClient http, RawEndpoint endpoint, RawAnswer said, bool isAsked)
    {
        var time = new VirtualTimeProvider(Start);
        var sender = new WebhookSender(http, time);
        var silent = endpoint.Say(said);
        var sending = isAsked
            ? sender.AskAsync(endpoint.Url, "m", "{}", Keys, CancellationToken.None)
            : sender.SendAsync(endpoint.Url, "m", "{}", Keys, CancellationToken.None);
        // Time passes only when the other side has said that it says nothing more.
        await Task.WhenAny(sending, silent).WaitAsync(Look);
        time.Advance(Long);
        return await sending.WaitAsync(Look);
    }

    private static string? FaultOf(WebhookAnswer answer, RawAnswer said, RawEndpoint endpoint, RawEndpoint elsewhere) =>
        answer.Failure is { } failure && !Failures.Contains(failure) ? "no word of the sender's"
        : answer.Failure is null && answer.Status is not (>= 200 and < 300) ? "taken without a status of success"
        : answer.Failure is null && !SaysSuccess().IsMatch(Encoding.Latin1.GetString(said.Octets)) ? "taken, and nobody said so"
        : answer.Failure == "timed-out" && said.End != RawEnd.Silence ? "timed out, and no time had passed"
        : answer.Text.Length > LongestText ? $"{answer.Text.Length} letters were kept"
        : elsewhere.Connections > 0 ? "a redirect was followed"
        : endpoint.Flooded > MostFlooded ? $"{endpoint.Flooded} octets were read"
        : null;

    // The last status, where others from 100 to 199 go before it.
    [GeneratedRegex(@"^(HTTP/\d\.\d 1\d\d[^\n]*\n([^\r\n]+\r?\n)*\r?\n)*\s*HTTP/\d\.\d 2\d\d")]
    private static partial Regex SaysSuccess();

    /// <summary>A seeded defect: reads an answer to its end, as a client does that is not told otherwise.</summary>
    private sealed class ReadingHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            await body.CopyToAsync(Stream.Null, cancellationToken);
            return response;
        }
    }
}
