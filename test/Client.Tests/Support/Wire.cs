using System.Text;
using System.Text.Json.Nodes;

namespace FairShare.Client.Tests.Support;

/// <summary>What stands between a client and the service: it can change answers, redirect requests, and lose either.</summary>
public sealed class Wire : DelegatingHandler
{
    private int answeredPuts;

    public Wire()
        : base(new SocketsHttpHandler()) { }

    /// <summary>Changes the JSON of an answer, by method and path.</summary>
    public Action<string, JsonObject>? Change { get; set; }

    /// <summary>Whether the answer to this request is lost after the service has given it.</summary>
    public Func<string, bool> LosesAnswer { get; set; } = _ => false;

    /// <summary>Whether this request never arrives.</summary>
    public Func<string, bool> LosesRequest { get; set; } = _ => false;

    public List<string> Requests { get; } = [];

    /// <summary>How many PUTs were answered.</summary>
    public int AnsweredPuts => Volatile.Read(ref answeredPuts);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var line = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        lock (Requests)
        {
            Requests.Add(line);
        }

        if (LosesRequest(line))
        {
            throw new HttpRequestException("The request was lost.");
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Put)
        {
            Interlocked.Increment(ref answeredPuts);
        }

        if (LosesAnswer(line))
        {
            response.Dispose();
            throw new HttpRequestException("The answer was lost.");
        }

        if (Change is not null && response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            Change(line, json);
            response.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return response;
    }
}
