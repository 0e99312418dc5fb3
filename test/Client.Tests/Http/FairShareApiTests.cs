using System.Collections.Concurrent;
using FairShare.Client.Http;
using FairShare.Client.Tests.Support;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using Microsoft.AspNetCore.Http;

namespace FairShare.Client.Tests.Http;

public sealed class FairShareApiTests : IAsyncLifetime
{
    private readonly Queue<(int Status, string Body)> answers = new();
    private readonly ConcurrentQueue<(string Line, string? Key, string? Token)> requests = new();
    private LocalServer? server;
    private HttpClient? http;

    private FairShareApi Api => new(http!, _ => ValueTask.FromResult("token-1"), TimeProvider.System, new SystemRandomness());

    public async ValueTask InitializeAsync()
    {
        server = await LocalServer.StartAsync(AnswerAsync);
        http = new HttpClient { BaseAddress = new Uri(server.Url + "/stage/") };
    }

    public async ValueTask DisposeAsync()
    {
        http!.Dispose();
        await server!.DisposeAsync();
    }

    [Fact]
    public async Task Call_Problem_IsThrownWithItsCode()
    {
        answers.Enqueue((409, """{"type":"x","title":"Conflict","status":409,"detail":"The nonce is used.","code":"nonce-used"}"""));
        var problem = await Assert.ThrowsAsync<FairShareProblem>(() =>
            Api.CallAsync(PartyRoutes.IssueKeyNonce, TestContext.Current.CancellationToken)
        );
        Assert.Equal(("nonce-used", 409, "The nonce is used."), (problem.Code, problem.Status, problem.Detail));
    }

    [Theory]
    [InlineData(403, "<html>proxy</html>", "http-403")]
    [InlineData(404, "", "http-404")]
    [InlineData(500, """{"message":"Internal Server Error"}""", "http-500")]
    [InlineData(200, """{"nonce":"x"}""", "unexpected-answer")]
    [InlineData(200, "not json", "unexpected-answer")]
    [InlineData(200, "null", "unexpected-answer")]
    public async Task Call_AnswerThatIsNeither_IsAProblemToo(int status, string body, string code)
    {
        answers.Enqueue((status, body));
        Assert.Equal(
            code,
            (
                await Assert.ThrowsAsync<FairShareProblem>(() =>
                    Api.CallAsync(PartyRoutes.IssueKeyNonce, TestContext.Current.CancellationToken)
                )
            ).Code
        );
    }

    [Fact]
    public async Task Post_ServiceBusyForAWhile_IsRepeatedUnderOneIdempotencyKey()
    {
        answers.Enqueue((503, "{}"));
        answers.Enqueue((429, "{}"));
        answers.Enqueue((201, """{"nonce":"AAAAAAAAAAAAAAAAAAAAAA","due":"2026-11-21T12:00:00.000Z"}"""));
        var grant = await Api.CallAsync(PartyRoutes.IssueKeyNonce, TestContext.Current.CancellationToken);
        Assert.Equal("AAAAAAAAAAAAAAAAAAAAAA", grant.Nonce);
        Assert.Equal(3, requests.Count);
        Assert.Single(requests.Select(request => request.Key).Distinct());
        Assert.All(requests, request => Assert.Equal(("POST /stage/keys/nonces", "Bearer token-1"), (request.Line, request.Token)));
    }

    [Fact]
    public async Task Post_TwoCalls_HaveTwoIdempotencyKeys()
    {
        for (var call = 0; call < 2; call++)
        {
            answers.Enqueue((201, """{"nonce":"AAAAAAAAAAAAAAAAAAAAAA","due":"2026-11-21T12:00:00.000Z"}"""));
            await Api.CallAsync(PartyRoutes.IssueKeyNonce, TestContext.Current.CancellationToken);
        }

        Assert.Equal(2, requests.Select(request => request.Key).Distinct().Count());
    }

    [Fact]
    public async Task Get_Cursor_IsEscaped()
    {
        answers.Enqueue((200, """{"documents":[]}"""));
        await Api.CallAsync(
            ExchangeRoutes.ListDocuments,
            [("role", "uploader"), ("cursor", "a&b=c")],
            TestContext.Current.CancellationToken
        );
        Assert.Equal("GET /stage/documents?role=uploader&cursor=a%26b%3Dc", requests.Single().Line);
        Assert.Null(requests.Single().Key);
    }

    [Fact]
    public async Task Call_NobodyThere_SaysSo()
    {
        using var nowhere = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:9/") };
        var api = new FairShareApi(nowhere, null, TimeProvider.System, new SystemRandomness());
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            api.CallAsync(PartyRoutes.DescribeService, TestContext.Current.CancellationToken)
        );
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        requests.Enqueue(
            (
                $"{request.Method} {request.Path}{request.QueryString}",
                request.Headers["Idempotency-Key"].FirstOrDefault(),
                request.Headers.Authorization.FirstOrDefault()
            )
        );
        var (status, body) = answers.Dequeue();
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }
}
