using System.Net;
using System.Text;
using FairShare.Client.Log;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Log.Notes;
using FairShare.Log.Tiles;

namespace FairShare.Client.Tests.Log;

/// <summary>A log as files, whose owner may do anything with them.</summary>
internal sealed class StaticLog : HttpMessageHandler
{
    private readonly NoteSigner signer = new("log.example", NoteKeyKind.Ed25519, [.. Enumerable.Range(0, 32).Select(octet => (byte)octet)]);

    public StaticLog() => Client = new LogClient(new HttpClient(this) { BaseAddress = new Uri("http://log.example/") });

    /// <summary>The files by their paths.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    public LogClient Client { get; }

    public NoteKey Key => signer.Key;

    /// <summary>Publishes a log of these leaves, from the first, in the place of whatever was there.</summary>
    public void Publish(IEnumerable<LogLeaf> leaves)
    {
        var (edge, files) = LogEdge.Empty.Add(leaves);
        foreach (var file in files)
        {
            Files[file.Address.ToString()] = file.Content;
        }

        var text = new Checkpoint(Key.Name, edge.Size, edge.Root()).ToText();
        Files["checkpoint"] = Encoding.UTF8.GetBytes(new SignedNote(text, [signer.Sign(text, default)]).ToString());
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(
            Files.TryGetValue(request.RequestUri!.AbsolutePath[1..], out var content)
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) }
                : new HttpResponseMessage(HttpStatusCode.NotFound)
        );
}
