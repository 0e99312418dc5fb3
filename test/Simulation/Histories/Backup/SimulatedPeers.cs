using FairShare.Client.Backup.Peers;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Host;
using FairShare.Simulation.Runs;

namespace FairShare.Simulation.Histories.Backup;

/// <summary>Three peers as their stack deploys them, and an owner who knows them.</summary>
internal sealed class SimulatedPeers : IAsyncDisposable
{
    /// <summary>How many peers have a share.</summary>
    public const int Total = 3;

    /// <summary>How many of them restore a backup.</summary>
    public const int Threshold = 2;

    private const long Room = 1L << 30;
    private readonly SimulatedService service;
    private readonly LocalSigner owner;
    private readonly HttpClient transfers;

    private SimulatedPeers(SimulatedService service)
    {
        this.service = service;
        owner = new LocalSigner(new RepeatablePair(service.Host.Randomness));
        transfers = new HttpClient(new BucketRouter(Peers)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public List<SimulatedPeer> Peers { get; } = [];

    /// <summary>What the client's operations work with.</summary>
    public BackupSession Session =>
        new(
            owner,
            new PeerGroup([
                .. Peers.Select(peer => new PeerConnection(peer.Known, Api(peer.Http), owner, service.Clock, service.Host.Randomness)),
            ]),
            transfers,
            service.Clock,
            service.Host.Randomness
        );

    public static async Task<SimulatedPeers> StartAsync(SimulatedService service)
    {
        var peers = new SimulatedPeers(service);
        var template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "FairSharePeer-dev.template.json"));
        for (var number = 0; number < Total; number++)
        {
            var terms = new PeerTerms($"domain {number}", $"operator {number}", ["*"], Room);
            var host = await PeerHost.StartAsync(service.PeerOptions with { Name = $"peer{number}" }, terms, template);
            peers.Peers.Add(await SimulatedPeer.StartAsync(host, $"peer{number}", peers.Api));
        }

        return peers;
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        transfers.Dispose();
        foreach (var peer in Peers)
        {
            await peer.DisposeAsync();
        }
    }

    private FairShareApi Api(HttpClient http) => new(http, null, service.Clock, service.Host.Randomness);

    /// <summary>Hosts without sockets have made-up names, which only they know.</summary>
    private sealed class BucketRouter(List<SimulatedPeer> peers) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!.OriginalString;
            var peer = peers.Single(peer => address.StartsWith(peer.AwsUrl, StringComparison.Ordinal));
            using var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
            foreach (var (name, values) in request.Headers)
            {
                copy.Headers.TryAddWithoutValidation(name, values);
            }

            return await peer.Http.SendAsync(copy, cancellationToken);
        }
    }
}
