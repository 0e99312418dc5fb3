using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.DocumentModel;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using FairShare.Testing;
using FairShare.Testing.Oracle;
using TemplateHost.Hosting;
using Xunit;

namespace FairShare.Scenarios.Tests.Fuzz;

/// <summary>Everything that a host keeps in tables and buckets, one line an item or a version, to be compared.</summary>
/// <param name="host">The host.</param>
internal sealed class HostPicture(EmbeddedHost host) : IDisposable
{
    // What a call uses up counts, refused or not: calls of the hour, an order's nonce. The log's sequencer works beside the calls.
    private static readonly string[] UncomparedItems = ["pk=USAGE#", "pk=LOG#", "pk=LOGHEAD#", "pk=STORE#LOG", "sk=NONCE#"];

    // Of a vault's item, a wrong guess is counted.
    private static readonly string[] UncomparedAttributes = ["guesses", "lockedUntil"];

    // The parties' own queues, and those whose messages come again until an upload has expired or a time has come.
    private static readonly string[] WaitingByDesign = ["Uploaders", "Downloaders", "Endings"];

    private readonly AmazonSQSClient queues = new(host.Owner(), host.Configure(new AmazonSQSConfig()));
    private readonly AmazonDynamoDBClient tables = new(host.Owner(), host.Configure(new AmazonDynamoDBConfig()));
    private readonly AmazonS3Client buckets = new(host.Owner(), host.Configure(new AmazonS3Config { ForcePathStyle = true }));

    /// <summary>The lines, in order.</summary>
    public async Task<IReadOnlyList<string>> TakeAsync()
    {
        var lines = new List<string>();
        foreach (var table in (await tables.ListTablesAsync()).TableNames ?? [])
        {
            var items = await TableScan.RunAsync(table, request => tables.ScanAsync(request));
            lines.AddRange(items.Select(Describe).Where(IsCompared));
        }

        foreach (var bucket in (await buckets.ListBucketsAsync()).Buckets ?? [])
        {
            if (!bucket.BucketName.Contains("logobjects", StringComparison.Ordinal))
            {
                var listed = await buckets.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket.BucketName });
                lines.AddRange((listed.Versions ?? []).Select(one => $"{one.BucketName} {one.Key} {one.VersionId} {one.ETag}"));
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>What works behind the calls has handled everything: no message of theirs waits to be tried again, or is buried.</summary>
    public async Task RequireHandledAsync()
    {
        await Quiet.UntilAsync([host]);
        foreach (var queue in (await queues.ListQueuesAsync(new ListQueuesRequest())).QueueUrls ?? [])
        {
            if (!WaitingByDesign.Any(name => queue.Contains(name, StringComparison.Ordinal)))
            {
                var counts = await queues.GetQueueAttributesAsync(queue, ["All"]);
                var left = counts.ApproximateNumberOfMessages + counts.ApproximateNumberOfMessagesNotVisible;
                Assert.True(left == 0, $"{left} messages are left in {queue}.");
            }
        }
    }

    public void Dispose()
    {
        queues.Dispose();
        tables.Dispose();
        buckets.Dispose();
    }

    private static bool IsCompared(string line) => !UncomparedItems.Any(kind => line.Contains(kind, StringComparison.Ordinal));

    private static string Describe(Dictionary<string, AttributeValue> item) =>
        string.Join(
            '|',
            item.Where(pair => !UncomparedAttributes.Contains(pair.Key, StringComparer.Ordinal))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key}={TextOf(pair.Value)}")
        );

    private static string TextOf(AttributeValue value) =>
        value.S
        ?? value.N
        ?? (value.B is { } octets ? Convert.ToBase64String(octets.ToArray()) : Document.FromAttributeMap(new() { ["_"] = value }).ToJson());
}
