using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FairShare.Client.Tests.Support;
using FairShare.Contracts.Http;
using Microsoft.AspNetCore.Http;

namespace FairShare.Client.Tests.Backup;

/// <summary>What a peer was asked, and what it would answer.</summary>
/// <param name="Action">The call, by the last part of its path.</param>
/// <param name="Content">What the order says besides.</param>
/// <param name="Value">The answer, which may be changed.</param>
internal sealed record PeerAnswer(string Action, JsonObject Content, JsonObject Value);

/// <summary>
/// Stands before a real peer, under its own address, and answers as somebody who runs that peer could: with something else, with a refusal,
/// or never.
/// </summary>
internal sealed class FalsePeer : IAsyncDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string behind;
    private LocalServer server = null!;

    private FalsePeer(string behind) => this.behind = behind;

    /// <summary>Its address; what begins with it and ends with <c>/held</c> never answers.</summary>
    public string Url => server.Url;

    /// <summary>Calls that are never answered.</summary>
    public Predicate<string> Holds { get; set; } = _ => false;

    /// <summary>Calls that are refused.</summary>
    public Predicate<string> Refuses { get; set; } = _ => false;

    /// <summary>The code of refusals; null for a peer that fails.</summary>
    public string? Code { get; set; }

    /// <summary>Changes an answer.</summary>
    public Func<PeerAnswer, Task<JsonObject>> Answers { get; set; } = answer => Task.FromResult(answer.Value);

    /// <summary>Is told of each call that is not answered.</summary>
    public Action Holding { get; set; } = () => { };

    /// <summary>Starts one before a peer, and has the owner know the peer under that address.</summary>
    public static async Task<FalsePeer> StandBeforeAsync(PeerFixture peers, BackupOwner owner, string name)
    {
        var peer = new FalsePeer(peers.UrlOf(name).TrimEnd('/'));
        peer.server = await LocalServer.StartAsync(peer.HandleAsync);
        await owner.RunAsync("peer", "add", name, peer.Url);
        return peer;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var action = path[(path.LastIndexOf('/') + 1)..];
        if (action == "held" || Holds(action))
        {
            await HoldAsync(context);
            return;
        }

        if (Refuses(action))
        {
            await RefuseAsync(context);
            return;
        }

        var asked = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), behind + path);
        request.Content = asked.Length > 0 ? new StringContent(asked, Encoding.UTF8, "application/json") : null;
        using var response = await http.SendAsync(request, context.RequestAborted);
        var answer = await response.Content.ReadAsStringAsync(context.RequestAborted);
        if (response.IsSuccessStatusCode && asked.Length > 0)
        {
            var content = JsonNode.Parse(JsonNode.Parse(asked)!["content"]!.ToString())!.AsObject();
            answer = (await Answers(new PeerAnswer(action, content, JsonNode.Parse(answer)!.AsObject()))).ToJsonString();
        }

        context.Response.StatusCode = (int)response.StatusCode;
        await context.Response.WriteAsync(answer, context.RequestAborted);
    }

    private async Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = Code is null ? StatusCodes.Status500InternalServerError : StatusCodes.Status409Conflict;
        if (Code is not null)
        {
            context.Response.ContentType = "application/problem+json";
            var problem = new ProblemDetails(
                $"urn:fairshare:problem:{Code}",
                "A refusal",
                context.Response.StatusCode,
                "It says so.",
                Code
            );
            await context.Response.WriteAsync(JsonSerializer.Serialize(problem, JsonSerializerOptions.Web), context.RequestAborted);
        }
    }

    private async Task HoldAsync(HttpContext context)
    {
        Holding();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }
}
