using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using FairShare.Local.Hosting;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.BadInput;

/// <summary>A deployed application with three parties, and eyes on its whole table.</summary>
public sealed class BadInputWorld : Xunit.IAsyncLifetime
{
    private readonly ShiftedTime time = new();
    private AmazonDynamoDBClient table = null!;

    public TestHost Host { get; private set; } = null!;

    public TestParty Alice { get; private set; } = null!;

    public TestParty Bob { get; private set; } = null!;

    public TestParty Carol { get; private set; } = null!;

    /// <summary>Signed in, without a key.</summary>
    public TestParty Dave { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(new() { Time = time });
        Alice = await TestParty.JoinAsync(Host, "alice");
        Bob = await TestParty.JoinAsync(Host, "bob");
        Carol = await TestParty.JoinAsync(Host, "carol");
        Dave = await TestParty.SignUpAsync(Host, "dave");
        var (id, secret) = EmbeddedHost.RootCredentials;
        table = new AmazonDynamoDBClient(new BasicAWSCredentials(id, secret), new AmazonDynamoDBConfig
        {
            ServiceURL = Host.Embedded.AwsUrl,
            AuthenticationRegion = "us-east-1",
            HttpClientFactory = new HostHttpClientFactory(Host),
        });
    }

    /// <summary>Puts the clock forward: by so little that nobody need sign in again.</summary>
    public void Advance(TimeSpan by)
    {
        Xunit.Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Published functions go by the system's clock.");
        time.Advance(by);
    }

    /// <summary>Everything in the table, in a form that can be compared; not what parties use, as a call that was refused may count.</summary>
    public async Task<string> PictureAsync()
    {
        var lines = new List<string>();
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var page = await table.ScanAsync(new ScanRequest
            {
                TableName = Host.Embedded.Outputs["EvidenceTableName"],
                ConsistentRead = true,
                ExclusiveStartKey = start,
            });
            lines.AddRange((page.Items ?? []).Where(item => !item["pk"].S.StartsWith("USAGE#", StringComparison.Ordinal)).Select(Describe));
            start = page.LastEvaluatedKey is { Count: > 0 } more ? more : null;
        }
        while (start is not null);
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        table.Dispose();
        foreach (var party in new[] { Alice, Bob, Carol, Dave })
        {
            party.Dispose();
        }

        await Host.DisposeAsync();
    }

    private static string Describe(Dictionary<string, AttributeValue> item) =>
        string.Join('|', item.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value.S}{pair.Value.N}"));
}
