using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Http;
using FairShare.Testing;
using TemplateHost.Hosting;

namespace FairShare.Simulation.Histories.Backup;

/// <summary>A peer on a host of its own, who may be away, and may lose what it has.</summary>
internal sealed class SimulatedPeer : IAsyncDisposable
{
    private readonly EmbeddedHost host;
    private readonly Door door;
    private readonly AmazonDynamoDBClient table;
    private readonly AmazonS3Client bucket;

    private SimulatedPeer(EmbeddedHost host)
    {
        this.host = host;
        door = new Door(host.CreateHandler());
        Http = new HttpClient(door) { BaseAddress = new Uri(host.ApiUrl + "/"), Timeout = Timeout.InfiniteTimeSpan };
        table = new(host.Owner(), host.Configure(new AmazonDynamoDBConfig { MaxErrorRetry = 0 }));
        bucket = new(host.Owner(), host.Configure(new AmazonS3Config { ForcePathStyle = true, MaxErrorRetry = 0 }));
    }

    /// <summary>Reaches it while it is there.</summary>
    public HttpClient Http { get; }

    /// <summary>As its users have noted it.</summary>
    public KnownPeer Known { get; private set; } = null!;

    public string AwsUrl => host.AwsUrl;

    private string Bucket => host.Outputs["BucketName"];

    /// <summary>Whether nobody reaches it now.</summary>
    public bool IsAway
    {
        get => door.IsShut;
        set => door.IsShut = value;
    }

    public static async Task<SimulatedPeer> StartAsync(EmbeddedHost host, string name, Func<HttpClient, FairShareApi> api)
    {
        var peer = new SimulatedPeer(host);
        peer.Known = await PeerIntroduction.MeetAsync(name, api(peer.Http), null, CancellationToken.None);
        return peer;
    }

    /// <summary>Has its functions start cold.</summary>
    public Task EndIdleFunctionsAsync() => host.EndIdleFunctionsAsync();

    /// <summary>What it still has of a backup: a body, a key share; null when it has nothing.</summary>
    public async Task<string?> WhatIsLeftAsync(BackupId backup) =>
        (await KeysAsync(backup)).Count > 0 ? "its body"
        : (await table.GetItemAsync(host.Outputs["TableName"], KeyOf(backup))).Item?.ContainsKey("wrapped") == true ? "its key share"
        : null;

    /// <summary>Loses everything that it has of a backup, as by a broken disk.</summary>
    public async Task LoseAsync(BackupId backup)
    {
        foreach (var key in await KeysAsync(backup))
        {
            await bucket.DeleteObjectAsync(Bucket, key);
        }

        await table.DeleteItemAsync(host.Outputs["TableName"], KeyOf(backup));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        table.Dispose();
        bucket.Dispose();
        await host.DisposeAsync();
    }

    private async Task<IReadOnlyList<string>> KeysAsync(BackupId backup) =>
        [
            .. ((await bucket.ListObjectsV2Async(new() { BucketName = Bucket, Prefix = $"b/{backup}/" })).S3Objects ?? []).Select(one =>
                one.Key
            ),
        ];

    private static Dictionary<string, AttributeValue> KeyOf(BackupId backup) =>
        new() { ["pk"] = new($"BACKUP#{backup}"), ["sk"] = new("KEPT") };

    private sealed class Door(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public bool IsShut { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            IsShut
                ? throw new HttpRequestException(HttpRequestError.ConnectionError, "The peer is away.")
                : base.SendAsync(request, cancellationToken);
    }
}
