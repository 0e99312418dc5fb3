using System.Net;
using System.Text;
using FairShare.Client.Log;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Log.Notes;
using FairShare.Log.Tiles;

namespace FairShare.Functions.Benchmarks;

/// <summary>A log in a folder, reached as one over HTTP: in memory it would grow with the store, and hide whether the audit does.</summary>
internal sealed class FileLog : HttpMessageHandler
{
    private readonly List<LogLeaf> leaves = [];
    private readonly NoteSigner signer;
    private readonly string folder;
    private LogEdge edge = LogEdge.Empty;

    public FileLog(NoteSigner signer, string folder)
    {
        this.signer = signer;
        this.folder = folder;
        Client = new LogClient(new HttpClient(this) { BaseAddress = new Uri("http://load/") });
    }

    public NoteKey Key => signer.Key;

    public LogClient Client { get; }

    public void Add(LogLeaf leaf)
    {
        leaves.Add(leaf);
        if (leaves.Count == 10_000)
        {
            Flush();
        }
    }

    public void Publish()
    {
        Flush();
        var text = new Checkpoint(Key.Name, edge.Size, edge.Root()).ToText();
        Write("checkpoint", Encoding.UTF8.GetBytes(new SignedNote(text, [signer.Sign(text, default)]).ToString()));
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, request.RequestUri!.AbsolutePath[1..]);
        return Task.FromResult(
            File.Exists(path)
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(File.ReadAllBytes(path)) }
                : new HttpResponseMessage(HttpStatusCode.NotFound)
        );
    }

    private void Flush()
    {
        (edge, var added) = edge.Add(leaves);
        leaves.Clear();
        foreach (var file in added)
        {
            Write(file.Address.ToString(), file.Content);
        }
    }

    private void Write(string name, byte[] content)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
