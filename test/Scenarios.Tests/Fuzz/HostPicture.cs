using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using TemplateHost.Hosting;

namespace FairShare.Scenarios.Tests.Fuzz;

/// <summary>Everything that a host keeps in tables and buckets, one line an item or a version, to be compared.</summary>
/// <param name="host">The host.</param>
internal sealed class HostPicture(EmbeddedHost host) : IDisposable
{
    // What a call uses up counts, refused or not: calls, guesses, an order's nonce. The log's sequencer works beside the calls.
    private static readonly string[] Uncompared =
    [
        "pk=USAGE#",
        "pk=LOG#",
        "pk=LOGHEAD#",
        "pk=STORE#LOG",
        "sk=NONCE#",
        "guesses=",
        "lockedUntil=",
        "logobjects",
    ];

    private readonly AmazonDynamoDBClient tables = new(CredentialsOf(host), Configure(host, new AmazonDynamoDBConfig()));
    private readonly AmazonS3Client buckets = new(CredentialsOf(host), Configure(host, new AmazonS3Config { ForcePathStyle = true }));

    /// <summary>The lines, in order.</summary>
    public async Task<IReadOnlyList<string>> TakeAsync()
    {
        var lines = new List<string>();
        foreach (var table in (await tables.ListTablesAsync()).TableNames ?? [])
        {
            await ReadAsync(table, lines);
        }

        foreach (var bucket in (await buckets.ListBucketsAsync()).Buckets ?? [])
        {
            var listed = await buckets.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket.BucketName });
            lines.AddRange((listed.Versions ?? []).Select(one => $"{one.BucketName} {one.Key} {one.VersionId} {one.ETag}"));
        }

        return
        [
            .. lines.Where(line => !Uncompared.Any(kind => line.Contains(kind, StringComparison.Ordinal))).Order(StringComparer.Ordinal),
        ];
    }

    public void Dispose()
    {
        tables.Dispose();
        buckets.Dispose();
    }

    private async Task ReadAsync(string table, List<string> lines)
    {
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var request = new ScanRequest
            {
                TableName = table,
                ConsistentRead = true,
                ExclusiveStartKey = start,
            };
            var page = await tables.ScanAsync(request);
            lines.AddRange((page.Items ?? []).Select(Describe));
            start = page.LastEvaluatedKey is { Count: > 0 } more ? more : null;
        } while (start is not null);
    }

    private static string Describe(Dictionary<string, AttributeValue> item) =>
        string.Join(
            '|',
            item.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair =>
                    $"{pair.Key}={pair.Value.S}{pair.Value.N}{(pair.Value.B is { } octets ? Convert.ToBase64String(octets.ToArray()) : "")}"
                )
        );

    private static BasicAWSCredentials CredentialsOf(EmbeddedHost host) =>
        new(host.RootCredentials.AccessKeyId, host.RootCredentials.SecretAccessKey);

    private static T Configure<T>(EmbeddedHost host, T config)
        where T : ClientConfig
    {
        config.ServiceURL = host.AwsUrl;
        config.AuthenticationRegion = "us-east-1";
        config.HttpClientFactory = new Factory(host);
        return config;
    }

    private sealed class Factory(EmbeddedHost host) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(host.CreateHandler());
    }
}
