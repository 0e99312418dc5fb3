using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.S3;
using FairShare.Aws.Log;
using FairShare.Aws.Table;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Log.Tiles;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Log;

/// <summary>Sequencers by hand on table, bucket and key of a host, and what they signed.</summary>
public sealed class SequencerBench : IAsyncLifetime
{
    private readonly Dictionary<long, HashSet<Sha256Digest>> signedRoots = [];
    private readonly List<LoggedToken> entered = [];
    private const string Origin = "bench";
    private int tokens;
    private long published;
    private bool hasGoneBack;

    public TestHost Host { get; private set; } = null!;

    /// <summary>The largest size that was signed with two roots; null as long as there is none.</summary>
    public long? ForkedAt
    {
        get
        {
            lock (signedRoots)
            {
                return signedRoots.Where(size => size.Value.Count > 1).Select(size => (long?)size.Key).Max();
            }
        }
    }

    public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync(new() { Listen = false });

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>Tokens that the log does not have yet.</summary>
    internal IReadOnlyList<LoggedToken> NewTokens(int count)
    {
        var made = Enumerable.Range(tokens, count).Select(Token).ToList();
        tokens += count;
        entered.AddRange(made);
        return made;
    }

    /// <summary>The steps of a sequencer whose calls go through a handler.</summary>
    internal SequencerSteps Steps(HttpMessageHandler handler)
    {
        var role = Host.Embedded.CredentialsFor(TestRoles.Of("SequenceLog"));
        var credentials = new SessionAWSCredentials(role.AccessKeyId, role.SecretAccessKey, role.SessionToken);
        var factory = new OneHandler(new Recorder(this, handler));
        var table = new ItemTable(
            new AmazonDynamoDBClient(credentials, Configure(new AmazonDynamoDBConfig(), factory)),
            Host.Embedded.Outputs["EvidenceTableName"],
            new ConflictRetry(Host.Time, new SystemRandomness())
        );
        var s3 = new AmazonS3Client(credentials, Configure(new AmazonS3Config { ForcePathStyle = true }, factory));
        var kms = new AmazonKeyManagementServiceClient(credentials, Configure(new AmazonKeyManagementServiceConfig(), factory));
        return new SequencerSteps(
            new LogHeads(table),
            new LogLeaves(table),
            new LogKeys(table),
            new LogBucket(s3, Host.Embedded.Outputs["LogBucketName"], new LogRetention("GOVERNANCE", 1), Host.Time),
            new LogSigner(kms, Host.Embedded.Outputs["LogKeyArn"], Origin),
            Host.Time
        );
    }

    /// <summary>The steps of a sequencer that nothing comes between.</summary>
    internal SequencerSteps Steps() => Steps(Host.Embedded.CreateHandler());

    /// <summary>
    /// The log as it is published has every token that was entered, each once; the tiles lead to the root that the checkpoint states.
    /// </summary>
    public async Task RequireWholeAsync()
    {
        using var log = new LogWorld(Host);
        var checkpoint = Checkpoint.Parse((await log.Client.FindCheckpointAsync(default))!.Text);
        var entries = new List<LogLeaf>();
        await foreach (var entry in log.Client.ReadEntriesAsync(0, checkpoint.Size, default))
        {
            entries.Add(LogLeaf.Parse(entry));
        }

        Assert.Equal(
            entered.Select(token => token.Leaf.TokenHash.ToString()).Order(StringComparer.Ordinal),
            entries.Select(leaf => leaf.TokenHash.ToString()).Order(StringComparer.Ordinal)
        );
        Assert.Equal(checkpoint.Root, LogEdge.Empty.Add(entries).After.Root());
        Assert.Equal(checkpoint.Root, await log.Client.TreeOf(checkpoint.Size).RootAsync());
        foreach (var (leaf, index) in entries.Select((leaf, index) => (leaf, index)).TakeLast(10))
        {
            Assert.Equal(index, (await log.ProofAsync(leaf.TokenHash)).Index);
        }

        Assert.Null(ForkedAt);
        Assert.False(hasGoneBack, "A checkpoint took the place of a newer one.");
    }

    private static LoggedToken Token(int number) =>
        LoggedToken.Read($"{Base64UrlText.Encode("""{"typ":"Sample"}"""u8)}.{Base64UrlText.Encode(BitConverter.GetBytes(number))}.x");

    private T Configure<T>(T config, HttpClientFactory factory)
        where T : ClientConfig
    {
        config.ServiceURL = Host.Embedded.AwsUrl;
        config.AuthenticationRegion = "us-east-1";
        config.HttpClientFactory = factory;
        config.MaxErrorRetry = 0;
        return config;
    }

    private void Published(string content)
    {
        var start = content.IndexOf(Origin + "\n", StringComparison.Ordinal);
        var size = long.Parse(content[start..].Split('\n')[1], System.Globalization.CultureInfo.InvariantCulture);
        lock (signedRoots)
        {
            hasGoneBack |= size <= published;
            published = size;
        }
    }

    private void Signed(string message)
    {
        var checkpoint = Checkpoint.Parse(message);
        lock (signedRoots)
        {
            if (!signedRoots.TryGetValue(checkpoint.Size, out var roots))
            {
                signedRoots[checkpoint.Size] = roots = [];
            }

            roots.Add(checkpoint.Root);
        }
    }

    /// <summary>Sees what KMS was asked to sign, and signed.</summary>
    private sealed class Recorder(SequencerBench bench, HttpMessageHandler handler) : DelegatingHandler(handler)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isSign = request.Headers.TryGetValues("X-Amz-Target", out var target) && target.Contains("TrentService.Sign");
            var isPublication =
                request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath.EndsWith("/checkpoint", StringComparison.Ordinal);
            var sent = isSign || isPublication ? await request.Content!.ReadAsStringAsync(cancellationToken) : "";
            var response = await base.SendAsync(request, cancellationToken);
            if (isSign && response.IsSuccessStatusCode)
            {
                bench.Signed(Encoding.UTF8.GetString(Convert.FromBase64String(JsonNode.Parse(sent)!["Message"]!.GetValue<string>())));
            }

            if (isPublication && response.IsSuccessStatusCode)
            {
                bench.Published(sent);
            }

            return response;
        }
    }

    private sealed class OneHandler(HttpMessageHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler, disposeHandler: false);
    }
}
