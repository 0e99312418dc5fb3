using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Aws.Backup;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Client.Tests.Support;
using FairShare.Host;
using FairShare.Testing;
using TemplateHost.Hosting;
using TemplateHost.Identity;

namespace FairShare.Client.Tests.Backup;

/// <summary>Seven peers, each a host with a state of its own, one more that admits nobody, and one that has little room.</summary>
public sealed class PeerFixture : IAsyncLifetime
{
    public const string Collection = "peers";

    /// <summary>The bytes of bodies for which <c>small</c> has room.</summary>
    public const long LittleRoom = 100_000;

    /// <summary>The bytes that a peer reads in one call, so few that most bodies are of several pieces.</summary>
    public const int Piece = 1 << 20;

    private readonly Workspace workspace = new();
    private readonly Dictionary<string, EmbeddedHost> hosts = [];
    private readonly Dictionary<string, int> ports = [];

    public static IReadOnlyList<string> Names { get; } = ["p1", "p2", "p3", "p4", "p5", "p6", "p7"];

    public async ValueTask InitializeAsync()
    {
        foreach (var name in Names.Concat(["closed", "small"]))
        {
            ports[name] = FreePort.Find();
            await StartAsync(name);
        }
    }

    /// <summary>Is told of each right that a peer uses, before it does what it may; to throw refuses it.</summary>
    public Action<string, GrantUse> Relies { get; set; } = (_, _) => { };

    public string UrlOf(string name) => hosts[name].ApiUrl;

    /// <summary>Starts one more peer, which keeps backups for the members of a group.</summary>
    public Task StartOfGroupAsync(string name, string group)
    {
        ports[name] = FreePort.Find();
        return StartAsync(name, group);
    }

    /// <summary>Starts a peer that was stopped: it has what it had.</summary>
    public Task StartAsync(string name) => StartAsync(name, group: null);

    private async Task StartAsync(string name, string? group)
    {
        var terms = new PeerTerms(
            $"domain of {name}",
            $"operator of {name}",
            name == "closed" || group is not null ? [] : ["*"],
            name == "small" ? LittleRoom : 1L << 34,
            group,
            Piece
        );
        var options = new EmbeddedHostOptions
        {
            DataDirectory = workspace.At(name),
            ApiPort = ports[name],
            Relied = use => Relies(name, use),
        };
        var template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "FairSharePeer-dev.template.json"));
        hosts[name] = await PeerHost.StartAsync(options, terms, template);
    }

    public ValueTask StopAsync(string name) => hosts[name].DisposeAsync();

    /// <summary>Stops a peer and deletes everything that it had; what starts then in its place is another.</summary>
    public async Task WipeAsync(string name)
    {
        await StopAsync(name);
        Directory.Delete(workspace.At(name), recursive: true);
    }

    /// <summary>What a peer's bucket has of a backup; of all of them where none is named.</summary>
    public async Task<IReadOnlyList<string>> ObjectsAsync(string name, string? backup = null)
    {
        using var s3 = BucketOf(name);
        var listed = await s3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = NameOf(name), Prefix = backup is null ? "" : $"b/{backup}/" }
        );
        return [.. (listed.S3Objects ?? []).Select(one => one.Key)];
    }

    /// <summary>Changes an object behind the peer's back; to nothing deletes it.</summary>
    /// <param name="name">The peer.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="change">What becomes of it.</param>
    /// <param name="target">The key under which that is put; the object's own by default.</param>
    public async Task ChangeAsync(string name, string key, Func<byte[], byte[]?> change, string? target = null)
    {
        using var s3 = BucketOf(name);
        using var found = await s3.GetObjectAsync(NameOf(name), key);
        using var content = new MemoryStream();
        await found.ResponseStream.CopyToAsync(content);
        if (change(content.ToArray()) is not { } changed)
        {
            await s3.DeleteObjectAsync(NameOf(name), key);
            return;
        }

        using var stream = new MemoryStream(changed);
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = NameOf(name),
                Key = target ?? key,
                InputStream = stream,
            }
        );
    }

    /// <summary>Signs what the peer's own operator wants: he has the rights on its seal.</summary>
    public async Task<string> SealAsync(string name, RecordKind kind, RecordMembers members)
    {
        using var kms = KeysOf(name);
        return (await new PeerSeal(kms, hosts[name].Outputs["SealKeyArn"]).SignAsync(kind, members, CancellationToken.None)).Text;
    }

    /// <summary>Puts another key share in the place of the one in the peer's table, behind its back.</summary>
    public async Task ReplaceShareAsync(string name, BackupId backup, PeerShares shares)
    {
        using var table = TableOf(name);
        using var kms = KeysOf(name);
        var key = new Dictionary<string, AttributeValue> { ["pk"] = new($"BACKUP#{backup}"), ["sk"] = new("KEPT") };
        var kept = (await table.GetItemAsync(hosts[name].Outputs["TableName"], key)).Item;
        var wrapping = await kms.DecryptAsync(
            new DecryptRequest
            {
                CiphertextBlob = kept["wrapped"].B,
                EncryptionContext = new() { ["fairshare:of"] = $"{backup}" },
            }
        );
        var wrapped = await new ShareWrapping(kms, wrapping.KeyId).WrapAsync(
            PeerSharesFormat.Write(shares),
            $"{backup}",
            CancellationToken.None
        );
        kept["wrapped"] = new AttributeValue { B = new MemoryStream(wrapped) };
        await table.PutItemAsync(hosts[name].Outputs["TableName"], kept);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts.Values)
        {
            await host.DisposeAsync();
        }

        workspace.Dispose();
    }

    private string NameOf(string name) => hosts[name].Outputs["BucketName"];

    private AmazonKeyManagementServiceClient KeysOf(string name) =>
        new(
            new BasicAWSCredentials(hosts[name].RootCredentials.AccessKeyId, hosts[name].RootCredentials.SecretAccessKey),
            new AmazonKeyManagementServiceConfig { ServiceURL = hosts[name].AwsUrl, AuthenticationRegion = "us-east-1" }
        );

    private AmazonDynamoDBClient TableOf(string name) =>
        new(
            new BasicAWSCredentials(hosts[name].RootCredentials.AccessKeyId, hosts[name].RootCredentials.SecretAccessKey),
            new AmazonDynamoDBConfig { ServiceURL = hosts[name].AwsUrl, AuthenticationRegion = "us-east-1" }
        );

    private AmazonS3Client BucketOf(string name)
    {
        var (id, secret) = hosts[name].RootCredentials;
        return new AmazonS3Client(
            new BasicAWSCredentials(id, secret),
            new AmazonS3Config
            {
                ServiceURL = hosts[name].AwsUrl,
                AuthenticationRegion = "us-east-1",
                ForcePathStyle = true,
            }
        );
    }
}

/// <summary>The tests that share the peers.</summary>
[CollectionDefinition(PeerFixture.Collection)]
public sealed class PeerTests : ICollectionFixture<PeerFixture>;
