using System.Collections.Concurrent;
using System.Security.Cryptography;
using FairShare.Backup.Planning;
using FairShare.Backup.Records;
using FairShare.Backup.Standing;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Client.Backup.Standing;
using FairShare.Client.Backup.Storing;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Contracts.Standing;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Host;
using FairShare.Scenarios.Tests.Permissions;
using FairShare.Testing;
using FairShare.Testing.Metrics;
using FairShare.Vault.Objects;
using FairShare.Vault.Packing;
using TemplateHost.Hosting;
using Xunit;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>Five peers and a coordinator, each a host with a state of its own, on one clock that is put forward.</summary>
public sealed class StandingWorld : IAsyncLifetime
{
    public const string Collection = "standing work";
    public const int Threshold = 3;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairshare-standing-");
    private readonly Dictionary<string, EmbeddedHost> hosts = [];
    private readonly HttpClient transfers = new();
    private readonly SystemRandomness randomness = new();
    private readonly List<KnownPeer> known = [];
    private LocalSigner owner = null!;
    private LocalSigner other = null!;

    public static IReadOnlyList<string> Names { get; } = ["p1", "p2", "p3", "p4", "p5"];

    public ShiftedTime Time { get; } = new();

    /// <summary>The rights of a peer's roles that alone let a call pass.</summary>
    public UsedRights UsedByPeers { get; } = new();

    /// <summary>The same of the coordinator's roles.</summary>
    public UsedRights UsedByCoordinator { get; } = new();

    /// <summary>What goes on, for whoever asks which right was used in what.</summary>
    public string Scenario { get; set; } = "";

    /// <summary>What roles were denied.</summary>
    public ConcurrentQueue<string> Denials { get; } = [];

    /// <summary>Every data point so far.</summary>
    public MetricStore Metrics { get; } = new();

    /// <summary>Is told of each call that an owner or somebody else has made, once it is answered.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage, Task> Heard { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>The owner's key.</summary>
    internal LocalSigner Owner => owner;

    /// <summary>The coordinator's API.</summary>
    public FairShareApi Coordinator { get; private set; } = null!;

    /// <summary>The owner with all peers.</summary>
    public BackupSession Session => SessionOf(owner);

    /// <summary>The bytes of a body that a peer reads in one call.</summary>
    public const int Piece = 1 << 20;

    /// <summary>Somebody else, whose orders the coordinator does not carry, with all peers.</summary>
    public BackupSession OtherSession => SessionOf(other);

    public async ValueTask InitializeAsync()
    {
        var keys = new KeyStore(folder.FullName);
        (owner, other) = (keys.Create("battery staple"), keys.Create("battery staple"));
        foreach (var name in Names)
        {
            await StartAsync(name, FreePort.Find());
            known.Add(await PeerIntroduction.MeetAsync(name, Api(hosts[name].ApiUrl), roster: null, default));
        }

        hosts["coordinator"] = await CoordinatorHost.StartAsync(
            Options("coordinator", 0, CoordinatorHost.StackName),
            [owner.KeyId.ToString()],
            await TemplateAsync(CoordinatorHost.StackName)
        );
        Coordinator = Api(hosts["coordinator"].ApiUrl);
    }

    public PeerConnection Peer(string name) => Session.Peers.Peers.Single(peer => peer.Peer.Name == name);

    /// <summary>The owner with some of the peers.</summary>
    public BackupSession Without(string name) =>
        Session with
        {
            Peers = new PeerGroup([.. Session.Peers.Peers.Where(peer => peer.Peer.Name != name)]),
        };

    /// <summary>Spreads a backup over all peers.</summary>
    public Task<BackupId> CreateAsync() => CreateAsync(Session, BackupScheme.Ida, 40_000);

    /// <summary>Spreads a backup of random bytes, which nothing makes smaller, over the peers of a session.</summary>
    public async Task<BackupId> CreateAsync(BackupSession session, BackupScheme scheme, int size, int? happy = null)
    {
        var path = Path.Combine(folder.FullName, Path.GetRandomFileName());
        await File.WriteAllBytesAsync(path, RandomNumberGenerator.GetBytes(size));
        var places = session.Peers.Peers.Select(peer => new SharePlace(peer.Peer.Name, peer.Peer.Domain, peer.Peer.Operator));
        var plan = BackupPlan.Require(scheme, [.. places], Threshold, happy: happy);
        var created = await new BackupCreation(session, plan).RunAsync(new TreeContent(SourceTree.List(path)), null, null, default);
        return BackupManifest.Read(created.Manifest).Backup;
    }

    /// <summary>A connection to somebody who is none of the five.</summary>
    public PeerConnection Connect(KnownPeer peer) => Connect(peer, owner);

    /// <summary>The same of somebody else.</summary>
    public PeerConnection Connect(KnownPeer peer, LocalSigner key) => new(peer, Api(peer.Url), key, Time, randomness);

    /// <summary>Starts one more peer, which keeps backups for the members of a group and nobody else.</summary>
    public async Task<KnownPeer> StartOfGroupAsync(string name, PublicKey group)
    {
        await StartAsync(name, 0, new PeerTerms($"house {name}", $"operator {name}", [], 1L << 32, group.ToJwk()));
        return await PeerIntroduction.MeetAsync(name, Api(hosts[name].ApiUrl), roster: null, default);
    }

    /// <summary>What the peers have of a backup, and its restoration.</summary>
    public async Task<ShareCollection> RestoreAsync(BackupId backup)
    {
        var target = Path.Combine(folder.FullName, Path.GetRandomFileName());
        return (await new BackupRestoration(Session).RunAsync(backup, target, default)).Shares;
    }

    /// <summary>Hands work over, and notes it as its owner does.</summary>
    public async Task<StandingNote> HandOverAsync(StandingWork work, IReadOnlyList<string>? roots = null)
    {
        var id = StandingWorkId.New(randomness);
        await Coordinator.CallAsync(StandingRoutes.HandOverWork, id, work, default);
        var names = work.Peers.Select(peer => known.FirstOrDefault(one => one.Key == peer.Seal)?.Name ?? "");
        return new StandingNote(id.ToString(), Coordinator.Address, Time.GetUtcNow(), work, [.. names], roots ?? []);
    }

    public Task<StandingWorkView> ViewAsync(StandingNote note) =>
        Coordinator.CallAsync(StandingRoutes.GetStandingWork, StandingWorkId.Parse(note.Id), default);

    /// <summary>Puts the clock forward, again and again, until work is as it should be.</summary>
    public async Task<StandingWorkView> UntilAsync(StandingNote note, TimeSpan step, Func<StandingWorkView, bool> holds)
    {
        for (var attempt = 0; attempt < 3000; attempt++)
        {
            await Quiet.UntilAsync([.. hosts.Values]);
            var view = await ViewAsync(note);
            if (holds(view))
            {
                return view;
            }

            Time.Advance(step);
        }

        throw new TimeoutException("The work does not become what it should be.");
    }

    /// <summary>What the owner finds, by peer.</summary>
    public Dictionary<string, StandingFinding> Read(StandingNote note, StandingWorkView view) =>
        new StandingReport(note, Time.GetUtcNow()).Read(view.Answers).ToDictionary(finding => finding.Peer);

    public ValueTask StopAsync(string name) => hosts[name].DisposeAsync();

    /// <summary>Starts a peer where it was.</summary>
    public Task StartAsync(string name) => StartAsync(name, new Uri(hosts[name].ApiUrl).Port);

    /// <summary>Changes the body of a backup behind the peer's back, from its beginning on: all of it by default.</summary>
    public Task DamageAsync(string name, BackupId backup, int octets = int.MaxValue) =>
        Insider(name)
            .ReplaceBodyAsync(
                backup,
                body =>
                {
                    body.AsSpan(0, Math.Min(octets, body.Length)).Clear();
                    return body;
                }
            );

    /// <summary>Deletes the body of a backup behind the peer's back.</summary>
    public Task LoseAsync(string name, BackupId backup) => Insider(name).ReplaceBodyAsync(backup, _ => null);

    /// <summary>The host of a peer, or of the <c>coordinator</c>.</summary>
    internal EmbeddedHost HostOf(string name) => hosts[name];

    /// <summary>Whoever runs a peer.</summary>
    internal PeerInsider Insider(string name) => new(hosts[name]);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts.Values)
        {
            await host.DisposeAsync();
        }

        owner.Dispose();
        other.Dispose();
        transfers.Dispose();
        folder.Delete(recursive: true);
    }

    private Task StartAsync(string name, int port) =>
        StartAsync(name, port, new PeerTerms($"house {name}", $"operator {name}", ["*"], 1L << 32, Piece: Piece));

    private async Task StartAsync(string name, int port, PeerTerms terms) =>
        hosts[name] = await PeerHost.StartAsync(Options(name, port, PeerHost.StackName), terms, await TemplateAsync(PeerHost.StackName));

    private BackupSession SessionOf(LocalSigner key) =>
        new(
            key,
            new PeerGroup([.. known.Select(peer => new PeerConnection(peer, Api(peer.Url), key, Time, randomness))]),
            transfers,
            Time,
            randomness
        );

    private FairShareApi Api(string url) =>
        new(new HttpClient(new Wire(this)) { BaseAddress = new Uri(url.TrimEnd('/') + "/") }, null, Time, randomness);

    private EmbeddedHostOptions Options(string name, int port, string stack) =>
        new()
        {
            Relied = use => (stack == PeerHost.StackName ? UsedByPeers : UsedByCoordinator).Take(use, Scenario),
            Denied = Denials.Enqueue,
            DataDirectory = Path.Combine(folder.FullName, name),
            ApiPort = port,
            Time = Time,
            Measured = Metrics.Add,
        };

    private sealed class Wire(StandingWorld world) : DelegatingHandler(new HttpClientHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await world.Heard(request, response);
            return response;
        }
    }

    internal static Task<string> TemplateAsync(string stack) =>
        File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, $"{stack}.template.json"));
}

/// <summary>The tests that share the peers and the coordinator.</summary>
[CollectionDefinition(StandingWorld.Collection)]
public sealed class StandingTests : ICollectionFixture<StandingWorld>;
