using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Amazon.S3;
using FairShare.Host;
using FairShare.Log.Leaves;
using FairShare.Scenarios.Tests.Permissions;
using FairShare.Testing;
using FairShare.Testing.Oracle;
using TemplateHost.Hosting;
using TemplateHost.Identity;

namespace FairShare.Scenarios.Tests.Log;

/// <summary>A service with its scheduled auditor beside it, on a clock that is put forward.</summary>
internal sealed class AuditedService : IAsyncDisposable
{
    /// <summary>The auditor's stack.</summary>
    public static string Template { get; } =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"{AuditorStack.StackName}.template.json"));

    private readonly ConcurrentQueue<string> lines = [];
    private readonly ShiftedTime time = new();
    private readonly List<TestParty> parties = [];
    private int joined;
    private Func<Task>? meanwhile;

    public TestHost Host { get; private set; } = null!;

    public LogWorld Log { get; private set; } = null!;

    /// <summary>The buckets, as the operator has them.</summary>
    public AmazonS3Client Objects { get; private set; } = null!;

    /// <summary>Clients of AWS with the rights of roles.</summary>
    public OperatorClients Clients { get; private set; } = null!;

    /// <summary>What the store does that it must not.</summary>
    public CheatingStore Cheat { get; private set; } = null!;

    /// <summary>The outputs of the auditor's stack.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; private set; } = null!;

    /// <summary>What roles were denied.</summary>
    public ConcurrentQueue<string> Denials { get; } = [];

    /// <summary>The rights, of the service and of the auditor, that alone let a call pass.</summary>
    public UsedRights Used { get; } = new();

    /// <summary>What goes on, for whoever asks which right was used in what.</summary>
    public string Scenario { get; set; } = "";

    /// <param name="configure">What else the host is to do; null for nothing.</param>
    public static async Task<AuditedService> StartAsync(Func<EmbeddedHostOptions, EmbeddedHostOptions>? configure = null)
    {
        var service = new AuditedService();
        var options = new EmbeddedHostOptions
        {
            Listen = false,
            Time = service.time,
            Denied = service.Denials.Enqueue,
            Relied = service.TakeUse,
            FunctionLog = service.Take,
        };
        service.Host = await TestHost.StartAsync(configure?.Invoke(options) ?? options, CheatingStore.Deletable(), isJudged: false);
        service.Log = new LogWorld(service.Host);
        service.Clients = new OperatorClients(service.Host);
        service.Objects = service.Clients.Objects();
        service.Cheat = new CheatingStore(service.Host, service.Clients, service.Objects);
        return service;
    }

    /// <summary>Deploys the auditor, who believes the keys that the service names now.</summary>
    /// <param name="sweptItems">How many items it sweeps; null for as many as it does by default.</param>
    /// <param name="leaves">How many new leaves it reads at once; null for as many as it does by default.</param>
    /// <param name="hasCanary">Whether the canary runs by itself.</param>
    /// <param name="believed">The thumbprint of the one store key that auditor and canary believe; null for those of the service.</param>
    public async Task DeployAsync(int? sweptItems = null, int? leaves = null, bool hasCanary = true, string? believed = null)
    {
        var template = JsonNode.Parse(Template)!;
        if (sweptItems is { } items)
        {
            template["Parameters"]!["SweptItems"]!["Default"] = items;
        }

        if (!hasCanary)
        {
            var resources = template["Resources"]!.AsObject();
            foreach (
                var name in resources
                    .Select(one => one.Key)
                    .Where(name => name.StartsWith("CanarySchedule", StringComparison.Ordinal))
                    .ToList()
            )
            {
                resources.Remove(name);
            }
        }

        if (leaves is { } most)
        {
            template["Parameters"]!["LeavesAtOnce"]!["Default"] = most;
        }

        var description = (await Host.CallAsync(HttpMethod.Get, "/.well-known/fairshare", null, null, null)).Require(200);
        var named = description["keys"].AsArray().Select(key => key!["kid"]!.GetValue<string>());
        IEnumerable<string> keys = believed is null ? named : [believed];
        Outputs = await AuditorStack.DeployAsync(Host.Embedded, template.ToJsonString(), keys, (await Log.KeyAsync()).ToString());
    }

    /// <summary>The clock, which a test puts forward.</summary>
    public ShiftedTime Time => time;

    /// <summary>Makes an exchange between two newcomers that completes.</summary>
    /// <returns>The exchange's partition of the table, and its evidence of receipt's place in the log.</returns>
    public async Task<(string Partition, string PlaceOfReceipt)> CompleteAsync()
    {
        var exchange = await RequestAsync();
        (await exchange.SubmitReceiptAsync()).Require(200);
        using var table = new TableReader(Host);
        var ending = (await table.QueryAsync($"EXCHANGE#{exchange.Id}")).Single(item => item["sk"].S == "ENDING");
        await Log.SettleAsync(LogLeaf.OfToken(ending["release"].S).TokenHash);
        return ($"EXCHANGE#{exchange.Id}", $"LOG#{LogLeaf.OfToken(ending["receipt"].S).TokenHash}");
    }

    /// <summary>Opens an exchange whose deadline is a minute, and stops what would end it.</summary>
    /// <returns>The exchange's partition of the table.</returns>
    public async Task<string> GetStuckAsync()
    {
        var exchange = await RequestAsync(deadlineSeconds: 60);
        await BadInput.BadInputCase.WaitUntilOpenAsync(exchange);
        await Log.SettleAsync(exchange.Challenge.Hash);
        var machine = Host.Embedded.Outputs["ExchangeStateMachineArn"];
        var execution = $"{machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{exchange.Id}";
        var stop = new JsonObject { ["executionArn"] = execution };
        (await Clients.Operator().CallAsync("states", "AWSStepFunctions.StopExecution", stop)).Require(200);
        return $"EXCHANGE#{exchange.Id}";
    }

    // A login does not outlast the hour from one audit to the next.
    public async Task<TestExchange> RequestAsync(int? deadlineSeconds = null)
    {
        var alice = Own(await TestParty.JoinAsync(Host, $"alice{++joined}"));
        var bob = Own(await TestParty.JoinAsync(Host, $"bob{joined}"));
        return await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob), deadlineSeconds);
    }

    private TestParty Own(TestParty party)
    {
        parties.Add(party);
        return party;
    }

    /// <summary>Runs an audit now, as an operator may, whatever the schedule says.</summary>
    /// <exception cref="FairShare.Aws.Events.FunctionFailedException">It failed.</exception>
    public Task InvokeAsync() => Host.InvokeAsync(Outputs["AuditorName"], []);

    /// <summary>Puts the clock forward by an hour, and waits for the audit that is due then.</summary>
    /// <param name="meanwhile">What happens when the audit has listed the archives, and before it reads the table.</param>
    /// <returns>The audit's line of metrics.</returns>
    public async Task<JsonNode> NextAuditAsync(Func<Task>? meanwhile = null)
    {
        await Quiet.UntilAsync([Host.Embedded]);
        this.meanwhile = meanwhile;
        var before = lines.Count;
        time.Advance(TimeSpan.FromMinutes(62));
        for (var attempt = 0; attempt < 30_000; attempt++)
        {
            if (lines.Count > before)
            {
                await Quiet.UntilAsync([Host.Embedded]);
                return JsonNode.Parse(lines.Last())!;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException("There was no audit.");
    }

    /// <summary>The keys of the reports' findings.</summary>
    public async Task<IReadOnlyList<string>> ReportsAsync()
    {
        var listed = await Objects.ListObjectsV2Async(new() { BucketName = Outputs["ReportBucketName"], Prefix = "reports/" });
        return [.. (listed.S3Objects ?? []).Select(found => found.Key).Where(key => key.EndsWith(".jsonl", StringComparison.Ordinal))];
    }

    /// <summary>The newest report's findings, one a line.</summary>
    public async Task<string> FindingsAsync()
    {
        var newest = (await ReportsAsync()).Max();
        using var found = await Objects.GetObjectAsync(Outputs["ReportBucketName"], newest);
        using var reader = new StreamReader(found.ResponseStream);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        parties.ForEach(party => party.Dispose());
        Objects.Dispose();
        Log.Dispose();
        await Host.DisposeAsync();
    }

    // Only the auditor scans.
    private void TakeUse(GrantUse use)
    {
        Used.Take(use, Scenario);
        if (use.Action == "dynamodb:Scan")
        {
            Interlocked.Exchange(ref meanwhile, null)?.Invoke().GetAwaiter().GetResult();
        }
    }

    private void Take(string function, string line)
    {
        if (line.Contains("\"Audits\"", StringComparison.Ordinal))
        {
            lines.Enqueue(line);
        }
    }
}
