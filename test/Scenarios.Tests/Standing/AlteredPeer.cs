using System.Net;
using System.Text;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>A call that somebody between has seen.</summary>
/// <param name="Action">The last part of its path.</param>
/// <param name="Asked">What was sent.</param>
/// <param name="Said">What the peer answered.</param>
internal sealed record SeenCall(string Action, string Asked, string Said);

/// <summary>Stands before a real peer, and says something else where whoever runs it wants to.</summary>
internal sealed class AlteredPeer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string behind;
    private readonly Func<SeenCall, Task<string>> alter;
    private readonly Task serving;

    /// <param name="behind">The peer's address.</param>
    /// <param name="alter">What is answered in the place of an answer.</param>
    public AlteredPeer(string behind, Func<SeenCall, string> alter)
        : this(behind, call => Task.FromResult(alter(call))) { }

    /// <param name="behind">The peer's address.</param>
    /// <param name="alter">What is answered in the place of an answer.</param>
    public AlteredPeer(string behind, Func<SeenCall, Task<string>> alter)
    {
        (this.behind, this.alter) = (behind.TrimEnd('/'), alter);
        Url = $"http://127.0.0.1:{FreePort.Find()}";
        listener.Prefixes.Add(Url + "/");
        listener.Start();
        serving = listener.AnswerAllAsync(AnswerAsync);
    }

    /// <summary>Its address.</summary>
    public string Url { get; }

    /// <summary>Calls that fail, and that the peer is not told of.</summary>
    public Predicate<string> Loses { get; init; } = _ => false;

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Close();
        http.Dispose();
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        var action = path[(path.LastIndexOf('/') + 1)..];
        using var reader = new StreamReader(context.Request.InputStream);
        var asked = await reader.ReadToEndAsync();
        var (status, said) = Loses(action) ? (500, "{}") : await AskAsync(path, action, asked);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(said));
        context.Response.Close();
    }

    private async Task<(int Status, string Said)> AskAsync(string path, string action, string asked)
    {
        using var content = new StringContent(asked, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(behind + path, content);
        var said = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, response.IsSuccessStatusCode ? await alter(new SeenCall(action, asked, said)) : said);
    }
}
