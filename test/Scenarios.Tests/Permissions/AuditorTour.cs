using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Aws.Table;
using FairShare.Testing;
using FairShare.Testing.Oracle;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>Everything that the auditor's role is for, each right used once.</summary>
internal static class AuditorTour
{
    // An evidence table has no other items that prove something.
    private static readonly string[] Partitions =
    [
        "PARTY#",
        "KEY#",
        "DOCUMENT#",
        "DEPOSIT#",
        "EXCHANGE#",
        "STORE#",
        "LOG#",
        "LOGHEAD#",
        "STAMP#",
    ];

    private static readonly TableIndex[] Indexes =
    [
        TableIndex.DocumentsByListing,
        TableIndex.ExchangesByDocument,
        TableIndex.EndingsByUploader,
        TableIndex.EndingsByDownloader,
        TableIndex.EndingsByState,
    ];

    private const string Unknown = "AAAAAAAAAAAAAAAAAAAAAA";

    public static async Task RunAsync(TestHost host)
    {
        var credentials = host.Embedded.CredentialsFor(host.Embedded.Outputs["AuditorRoleArn"]);
        var client = new SignedAwsClient(host, credentials);
        var faults = new List<string>();
        foreach (var (service, target, input) in Calls(host, await AttributesAsync(host)))
        {
            // What is asked for need not exist: that the question is allowed is what counts, and the host's owner is told of refusals.
            if (
                (await client.CallAsync(service, target, input)).Body?["__type"]?.GetValue<string>() is { } error
                && error.Contains("AccessDenied", StringComparison.Ordinal)
            )
            {
                faults.Add(target);
            }
        }

        await ReadObjectsAsync(
            host,
            new SessionAWSCredentials(credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken)
        );
        if (faults.Count > 0)
        {
            throw new InvalidOperationException($"The auditor was refused: {string.Join(", ", faults)}");
        }
    }

    private static IEnumerable<(string Service, string Target, JsonObject Input)> Calls(
        TestHost host,
        IReadOnlyCollection<string> attributes
    )
    {
        var (table, machine, key) = (
            host.Embedded.Outputs["EvidenceTableName"],
            host.Embedded.Outputs["ExchangeStateMachineArn"],
            host.Embedded.Outputs["SealKeyArn"]
        );
        var execution = machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + ":" + Unknown;
        yield return ("dynamodb", "DynamoDB_20120810.DescribeTable", new JsonObject { ["TableName"] = table });
        foreach (var partition in Partitions)
        {
            yield return ("dynamodb", "DynamoDB_20120810.Query", Query(table, null, "pk", $"{partition}none", attributes));
        }

        foreach (var index in Indexes)
        {
            yield return ("dynamodb", "DynamoDB_20120810.Query", Query(table, index.Name, index.PartitionKey, "none", []));
        }

        yield return ("kms", "TrentService.GetPublicKey", new JsonObject { ["KeyId"] = key });
        yield return ("kms", "TrentService.DescribeKey", new JsonObject { ["KeyId"] = key });
        yield return (
            "kms",
            "TrentService.Verify",
            new JsonObject
            {
                ["KeyId"] = key,
                ["Message"] = Convert.ToBase64String(new byte[32]),
                ["MessageType"] = "DIGEST",
                ["Signature"] = Convert.ToBase64String(new byte[64]),
                ["SigningAlgorithm"] = "ECDSA_SHA_256",
            }
        );
        yield return ("states", "AWSStepFunctions.ListExecutions", new JsonObject { ["stateMachineArn"] = machine });
        yield return ("states", "AWSStepFunctions.DescribeStateMachine", new JsonObject { ["stateMachineArn"] = machine });
        yield return ("states", "AWSStepFunctions.DescribeExecution", new JsonObject { ["executionArn"] = execution });
    }

    private static async Task ReadObjectsAsync(TestHost host, AWSCredentials credentials)
    {
        using var s3 = new AmazonS3Client(credentials, host.Configure(new AmazonS3Config { ForcePathStyle = true }));
        var log = host.Embedded.Outputs["LogBucketName"];
        await TryAsync(() => s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = log, Key = "checkpoint" }));
        await TryAsync(() => s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = log, Prefix = "archive/" }));
        foreach (var locked in new[] { "tile/0/000", $"archive/{Unknown}" })
        {
            await TryAsync(() => s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = log, Key = locked }));
            await TryAsync(() => s3.GetObjectRetentionAsync(new GetObjectRetentionRequest { BucketName = log, Key = locked }));
        }

        var (bucket, key) = (host.Embedded.Outputs["DocumentBucketName"], $"documents/{Unknown}");
        await TryAsync(() => s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = key }));
        await TryAsync(() =>
            s3.GetObjectMetadataAsync(
                new GetObjectMetadataRequest
                {
                    BucketName = bucket,
                    Key = key,
                    VersionId = new string('A', 32),
                }
            )
        );

        // The auditor may not list the bucket, so what does not exist is forbidden; the host's owner is told which right was missed.
        static async Task TryAsync(Func<Task> read)
        {
            try
            {
                await read();
            }
            catch (AmazonS3Exception refused)
                when (refused.StatusCode is System.Net.HttpStatusCode.Forbidden or System.Net.HttpStatusCode.NotFound) { }
        }
    }

    /// <summary>All that items have which prove something, but for what would end an exchange.</summary>
    private static async Task<IReadOnlyCollection<string>> AttributesAsync(TestHost host)
    {
        using var table = new TableReader(host);
        var items = await table.ScanAsync();
        return
        [
            .. items
                .Where(item => Partitions.Any(partition => item["pk"].S.StartsWith(partition, StringComparison.Ordinal)))
                .SelectMany(item => item.Keys)
                .Where(name => name != "taskToken")
                .Distinct(),
        ];
    }

    private static JsonObject Query(
        string table,
        string? index,
        string partitionKey,
        string partition,
        IReadOnlyCollection<string> attributes
    )
    {
        var query = new JsonObject
        {
            ["TableName"] = table,
            ["KeyConditionExpression"] = $"{partitionKey} = :value",
            ["ExpressionAttributeValues"] = new JsonObject { [":value"] = new JsonObject { ["S"] = partition } },
        };
        if (index is null)
        {
            var names = attributes.Index().ToDictionary(one => $"#a{one.Index}", one => one.Item);
            query["ProjectionExpression"] = string.Join(", ", names.Keys);
            query["ExpressionAttributeNames"] = new JsonObject(names.Select(name => KeyValuePair.Create(name.Key, (JsonNode?)name.Value)));
        }
        else
        {
            query["IndexName"] = index;
        }

        return query;
    }
}
