using System.Net.Http.Headers;
using FairShare.Simulation.Defects;
using FairShare.Simulation.Faults;
using FairShare.Simulation.Histories;
using FairShare.Simulation.Histories.Backup;
using FairShare.Simulation.Judging;
using FairShare.Testing;
using FairShare.Testing.Oracle;
using TemplateHost.Gateway.Faults;
using TemplateHost.Hosting;

namespace FairShare.Simulation.Runs;

/// <summary>The service on one host, with its parties, on which histories run one after another.</summary>
internal sealed class SimulatedService : IAsyncDisposable
{
    // How long after a change streams are looked at. What a story puts is mostly handed over at once.
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LagOfStories = TimeSpan.FromSeconds(8);

    /// <summary>The number of the batch that stories are played on.</summary>
    public const long Stories = -1;

    private readonly StreamWatch streams;
    private readonly ReseededSource hostRandom;
    private readonly ReseededSource partyRandom;
    private readonly AnswerJudge answers;
    private readonly Dictionary<long, int> played = [];
    private EvidenceOracle? oracle;
    private TableReader? vaultTable;
    private StoredObjects? vaultObjects;
    private SimulatedPeers? peers;

    private SimulatedService(VirtualTimeProvider clock, Coverage coverage, long batch)
    {
        streams = new StreamWatch(clock, batch == Stories ? LagOfStories : Lag);
        (hostRandom, partyRandom) = (new($"host {batch}"), new($"parties {batch}"));
        (Clock, Faults) = (clock, new FaultSchedule(coverage, batch));
        answers = new AnswerJudge(Judge);
        Vault = new VaultJudge(Judge);
    }

    public VirtualTimeProvider Clock { get; }

    public FaultSchedule Faults { get; }

    public Judge Judge { get; } = new();

    public VaultJudge Vault { get; }

    public TableReader VaultTable => vaultTable ??= new TableReader(Host, "VaultTableName");

    public StoredObjects VaultObjects => vaultObjects ??= new StoredObjects(Host);

    public Pool Pool { get; } = new();

    public TestHost Host { get; private set; } = null!;

    public List<SimulatedParty> Parties { get; } = [];

    public EvidenceOracle Oracle => oracle ??= new EvidenceOracle(Host);

    /// <summary>How the host of a peer is started.</summary>
    public EmbeddedHostOptions PeerOptions { get; private set; } = null!;

    /// <summary>Told of every call of a service.</summary>
    public Action<ServedCall> Heard { get; set; } = _ => { };

    public static async Task<SimulatedService> StartAsync(VirtualTimeProvider clock, Coverage coverage, long batch, Defect? defect)
    {
        var service = new SimulatedService(clock, coverage, batch);
        service.PeerOptions = service.Options(defect);
        service.Host = await TestHost.StartAsync(
            service.Options(defect) with
            {
                Changed = service.Changed,
            },
            defect?.Template(TestHost.Template),
            service.partyRandom,
            isJudged: false,
            wire: inner => new ListeningWire(inner, service.Asked, service.Answered)
        );
        service.Judge.Store = service.Host.Store;
        for (var number = 0; number < Plan.Parties; number++)
        {
            service.Parties.Add(await SimulatedParty.JoinAsync(service, number));
            service.Oracle.Know(service.Parties[^1].Party);
        }

        return service;
    }

    /// <summary>The peers of backups; deployed when the first history needs them.</summary>
    public async Task<SimulatedPeers> PeersAsync() => peers ??= await SimulatedPeers.StartAsync(this);

    /// <summary>Has every function start cold, those of peers included.</summary>
    public async Task EndIdleFunctionsAsync()
    {
        await Host.Embedded.EndIdleFunctionsAsync();
        foreach (var peer in peers?.Peers ?? [])
        {
            await peer.EndIdleFunctionsAsync();
        }
    }

    private EmbeddedHostOptions Options(Defect? defect) =>
        new()
        {
            Listen = false,
            Time = Clock,
            Random = hostRandom,
            SingleThreaded = true,
            Ephemeral = true,
            // The SDK waits between its attempts by the system's clock, which has no part in a simulated run.
            FunctionVariables = new Dictionary<string, string> { ["AWS_MAX_ATTEMPTS"] = "1" },
            Faults = new FaultPlan(seed: 0) { Choose = Faults.Choose },
            Called = call => Heard(call),
            Rewrite = defect?.Rewrite,
            StreamPause = streams.PauseAsync,
            Fault = (_, _) => { },
        };

    /// <summary>Randomness from here on follows from the history's seed, and from how often it was played here before.</summary>
    /// <returns>A name for this playing of it.</returns>
    public string Reseed(long history)
    {
        played[history] = played.GetValueOrDefault(history) + 1;
        var name = $"history-{history}-{played[history]}";
        hostRandom.Reseed("host " + name);
        partyRandom.Reseed("parties " + name);
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        oracle?.Dispose();
        vaultTable?.Dispose();
        vaultObjects?.Dispose();
        Parties.ForEach(party => party.Dispose());
        await (peers?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Host.DisposeAsync();
    }

    private void Changed(ItemChange change)
    {
        streams.Wake();
        Judge.Change(change);
        Vault.Change(change);
    }

    private void Asked(HttpRequestMessage request, System.Text.Json.Nodes.JsonNode body) => Pool.Add(body);

    private void Answered(HttpRequestMessage request, System.Text.Json.Nodes.JsonNode body)
    {
        var uri = request.RequestUri!.OriginalString;
        if (!uri.StartsWith(Host?.Embedded.ApiUrl ?? "-", StringComparison.Ordinal))
        {
            return;
        }

        Pool.Add(body);
        answers.Judge(PartyOf(request.Headers.Authorization), uri[Host!.Embedded.ApiUrl.Length..], body);
    }

    private string? PartyOf(AuthenticationHeaderValue? bearer) =>
        Parties.Find(party => party.Party.AccessToken == bearer?.Parameter)?.Party.Id.ToString();
}
