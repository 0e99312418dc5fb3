using System.Globalization;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;

namespace FairShare.Cli.Hosting;

/// <summary>The peers that run beside the service on this machine.</summary>
internal sealed class LocalPeers : IAsyncDisposable
{
    private readonly List<LocalPeer> peers = [];

    private LocalPeers() { }

    /// <summary>What notes each of them: name, address, and the command.</summary>
    public JsonArray ToJson() =>
        new([
            .. peers.Select(peer => new JsonObject
            {
                ["name"] = peer.Name,
                ["url"] = peer.Url,
                ["add"] = AddOf(peer),
            }),
        ]);

    /// <summary>The same to be read.</summary>
    public IEnumerable<string> Lines() =>
        peers.Count == 0 ? [] : peers.Select(peer => $"Peer {peer.Name, -4}     {peer.Url}; to note it: {AddOf(peer)}");

    /// <summary>Starts <c>p1</c>, <c>p2</c> and so on, each in <c>1</c>, <c>2</c> and so on of the folder; all of them, or none.</summary>
    /// <exception cref="CommandException">One of them cannot start.</exception>
    public static async Task<LocalPeers> StartAsync(
        string folder,
        int count,
        IReadOnlyList<string> owners,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        var started = new LocalPeers();
        try
        {
            for (var number = 1; number <= count; number++)
            {
                var place = Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));
                started.peers.Add(await LocalPeer.StartAsync($"p{number}", place, owners, terminal, cancellationToken));
            }

            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in peers)
        {
            await peer.DisposeAsync();
        }
    }

    private static string AddOf(LocalPeer peer) => $"fairshare peer add {peer.Name} {peer.Url}";
}
