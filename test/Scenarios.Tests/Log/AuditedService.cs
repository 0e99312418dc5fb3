using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using FairShare.Host;
using FairShare.Log.Leaves;
using FairShare.Scenarios.Tests.Permissions;
using FairShare.Testing;
using FairShare.Testing.Oracle;
using TemplateHost.Hosting;
using TemplateHost.Kernel;

namespace FairShare.Scenarios.Tests.Log;

/// <summary>A service with its scheduled auditor beside it, on a clock that is put forward.</summary>
internal sealed class AuditedService : IAsyncDisposable
{
    private static readonly string Template = File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, $"{AuditorStack.StackName}.template.json")
    );

    private readonly ConcurrentQueue<string> lines = [];
    private readonly ConcurrentDictionary<GrantMutation, bool> relied = [];
    private readonly ShiftedTime time = new();
    private readonly List<TestParty> parties = [];
    private int joined;

    public TestHost Host { get; private set; } = null!;

    public LogWorld Log { get; private set; } = null!;

    /// <summary>The buckets, as the operator has them.</summary>
    public AmazonS3Client Objects { get; private set; } = null!;

    /// <summary>The outputs of the auditor's stack.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; private set; } = null!;

    /// <summary>What roles were denied.</summary>
    public ConcurrentQueue<string> Denials { get; } = [];

    /// <summary>The auditor's rights that never alone let a call pass.</summary>
    public IEnumerable<GrantMutation> UnusedRights =>
        GrantMutation
            .All(Template)
            .Where(grant => !grant.Action.StartsWith("logs:", StringComparison.Ordinal) && !relied.ContainsKey(grant));

    public static async Task<AuditedService> StartAsync()
    {
        var service = new AuditedService();
        var options = new EmbeddedHostOptions
        {
            Listen = false,
            Time = service.time,
            Denied = service.Denials.Enqueue,
            Relied = use => service.relied[new(use.Policy, use.Statement, use.Action)] = true,
            FunctionLog = service.Take,
        };
        service.Host = await TestHost.StartAsync(options, isJudged: false);
        service.Log = new LogWorld(service.Host);
        service.Objects = new AmazonS3Client(service.Root(), service.Configure(new AmazonS3Config { ForcePathStyle = true }));
        return service;
    }

    /// <summary>Deploys the auditor, who believes the keys that the service names now.</summary>
    /// <param name="sweptItems">How many items it sweeps; null for as many as it does by default.</param>
    public async Task DeployAsync(int? sweptItems = null)
    {
        var template = JsonNode.Parse(Template)!;
        if (sweptItems is { } items)
        {
            template["Parameters"]!["SweptItems"]!["Default"] = items;
        }

        var description = (await Host.CallAsync(HttpMethod.Get, "/.well-known/fairshare", null, null, null)).Require(200);
        var keys = description["keys"].AsArray().Select(key => key!["kid"]!.GetValue<string>());
        Outputs = await AuditorStack.DeployAsync(Host.Embedded, template.ToJsonString(), keys, (await Log.KeyAsync()).ToString());
    }

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
        (await Operator().CallAsync("states", "AWSStepFunctions.StopExecution", stop)).Require(200);
        return $"EXCHANGE#{exchange.Id}";
    }

    // A login does not outlast the hour from one audit to the next.
    private async Task<TestExchange> RequestAsync(int? deadlineSeconds = null)
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
    /// <returns>The audit's line of metrics.</returns>
    public async Task<JsonNode> NextAuditAsync()
    {
        await QuietAsync();
        var before = lines.Count;
        time.Advance(TimeSpan.FromMinutes(62));
        for (var attempt = 0; attempt < 3000; attempt++)
        {
            if (lines.Count > before)
            {
                await QuietAsync();
                return JsonNode.Parse(lines.Last())!;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException("There was no audit.");
    }

    // Functions go by the clock too: put forward while one runs, it would time out, and be tried again.
    private async Task QuietAsync()
    {
        var before = -1.0;
        for (var now = Used(); now > before; now = Used())
        {
            before = now;
            await Task.Delay(200);
        }
    }

    private double Used() => Host.Embedded.MeterTotals.Values.Sum();

    /// <summary>The keys of the reports' findings.</summary>
    public async Task<IReadOnlyList<string>> ReportsAsync()
    {
        var listed = await Objects.ListObjectsV2Async(new() { BucketName = Outputs["ReportBucketName"], Prefix = "reports/" });
        return [.. listed.S3Objects.Select(found => found.Key).Where(key => key.EndsWith(".jsonl", StringComparison.Ordinal))];
    }

    /// <summary>The newest report's findings, one a line.</summary>
    public async Task<string> FindingsAsync()
    {
        var newest = (await ReportsAsync()).Max();
        using var found = await Objects.GetObjectAsync(Outputs["ReportBucketName"], newest);
        using var reader = new StreamReader(found.ResponseStream);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Rewrites an item of the table as a role of the store's own could.</summary>
    public async Task RewriteAsync(string writer, string partition, string sort, Action<Dictionary<string, AttributeValue>> change)
    {
        using var table = new TableReader(Host);
        var item = (await table.QueryAsync(partition)).Single(item => item["sk"].S == sort);
        change(item);
        var role = JsonNode.Parse(TestHost.Template)!["Resources"]!
            .AsObject()
            .First(resource =>
                $"{resource.Value!["Type"]}" == "AWS::IAM::Role" && resource.Key.StartsWith(writer, StringComparison.Ordinal)
            )
            .Key;
        using var client = Client(Host.Embedded.CredentialsFor(role));
        await client.PutItemAsync(Host.Embedded.Outputs["EvidenceTableName"], item);
    }

    /// <summary>Puts a checkpoint in the place of the one that is published.</summary>
    /// <returns>The one that was.</returns>
    public async Task<string> ReplaceCheckpointAsync(string? other)
    {
        var bucket = Host.Embedded.Outputs["LogBucketName"];
        using var found = await Objects.GetObjectAsync(bucket, "checkpoint");
        using var reader = new StreamReader(found.ResponseStream);
        var before = await reader.ReadToEndAsync();
        if (other is not null)
        {
            await Objects.PutObjectAsync(
                new()
                {
                    BucketName = bucket,
                    Key = "checkpoint",
                    ContentBody = other,
                }
            );
        }

        return before;
    }

    /// <summary>A client with the rights of the auditor.</summary>
    public async Task<AmazonDynamoDBClient> AuditorAsync()
    {
        var role = JsonNode.Parse(Template)!["Resources"]!.AsObject().Single(resource => $"{resource.Value!["Type"]}" == "AWS::IAM::Role");
        return Client(Host.Embedded.CredentialsFor(await Operator().PhysicalIdAsync(AuditorStack.StackName, role.Key)));
    }

    /// <summary>A client with the rights of a role.</summary>
    public AmazonDynamoDBClient Client(SessionCredentials credentials) =>
        new(
            new SessionAWSCredentials(credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken),
            Configure(new AmazonDynamoDBConfig { MaxErrorRetry = 0 })
        );

    public async ValueTask DisposeAsync()
    {
        parties.ForEach(party => party.Dispose());
        Objects.Dispose();
        Log.Dispose();
        await Host.DisposeAsync();
    }

    private SignedAwsClient Operator()
    {
        var (id, secret) = Host.Embedded.RootCredentials;
        return new SignedAwsClient(Host, new SessionCredentials(id, secret, "", DateTimeOffset.MaxValue));
    }

    private void Take(string function, string line)
    {
        if (line.Contains("\"_aws\"", StringComparison.Ordinal))
        {
            lines.Enqueue(line);
        }
    }

    private BasicAWSCredentials Root() => new(Host.Embedded.RootCredentials.AccessKeyId, Host.Embedded.RootCredentials.SecretAccessKey);

    private T Configure<T>(T config)
        where T : ClientConfig
    {
        config.ServiceURL = Host.Embedded.AwsUrl;
        config.AuthenticationRegion = "us-east-1";
        config.HttpClientFactory = new HostHttpClientFactory(Host);
        return config;
    }
}
