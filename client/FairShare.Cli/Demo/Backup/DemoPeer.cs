using FairShare.Cli.Hosting;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Demo.Backup;

/// <summary>A peer of the demonstration: a host of its own with a state of its own.</summary>
internal sealed class DemoPeer : IAsyncDisposable
{
    private readonly LocalPeer host;
    private readonly HttpClient http;
    private readonly string folder;

    private DemoPeer(LocalPeer host, HttpClient http, string folder, PeerConnection connection) =>
        (this.host, this.http, this.folder, Connection) = (host, http, folder, connection);

    public PeerConnection Connection { get; }

    public string Name => Connection.Peer.Name;

    /// <summary>Where its API answers.</summary>
    public string Url => host.Url;

    /// <summary>Starts a peer that keeps backups for one owner, and notes who it is.</summary>
    public static async Task<DemoPeer> StartAsync(
        string name,
        string folder,
        LocalSigner owner,
        Terminal terminal,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var host = await LocalPeer.StartAsync(name, folder, [owner.KeyId.ToString()], terminal, cancellationToken);
        var http = new HttpClient { BaseAddress = new Uri(host.Url.TrimEnd('/') + "/") };
        var randomness = new SystemRandomness();
        var api = new FairShareApi(http, null, time, randomness);
        var peer = await PeerIntroduction.MeetAsync(name, api, roster: null, cancellationToken);
        return new DemoPeer(host, http, folder, new PeerConnection(peer, api, owner, time, randomness));
    }

    /// <summary>What AWS would have billed so far.</summary>
    public IReadOnlyDictionary<string, double> Meter => host.MeterTotals;

    /// <summary>Stops the peer, and deletes its state.</summary>
    public async Task LoseAsync()
    {
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
    }
}
