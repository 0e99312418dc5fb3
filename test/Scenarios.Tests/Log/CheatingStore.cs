using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using FairShare.Testing;
using FairShare.Testing.Oracle;

namespace FairShare.Scenarios.Tests.Log;

/// <summary>What a store can do to its table and its log, and what an auditor must find.</summary>
/// <param name="host">The store.</param>
/// <param name="clients">What calls with its rights.</param>
/// <param name="objects">Its buckets.</param>
internal sealed class CheatingStore(TestHost host, OperatorClients clients, AmazonS3Client objects)
{
    /// <summary>The store's template without what forbids to delete evidence: the embedded host cannot take a policy away later.</summary>
    public static string Deletable()
    {
        var template = JsonNode.Parse(TestHost.Template)!;
        var table = template["Resources"]!.AsObject().Single(resource => IsEvidence(resource.Key, resource.Value!)).Value!;
        foreach (var statement in table["Properties"]!["ResourcePolicy"]!["PolicyDocument"]!["Statement"]!.AsArray())
        {
            (statement!["Action"] as JsonArray)?.RemoveAll(action => $"{action}" == "dynamodb:DeleteItem");
        }

        return template.ToJsonString();

        static bool IsEvidence(string name, JsonNode resource) =>
            name.StartsWith("Evidence", StringComparison.Ordinal) && $"{resource["Type"]}" == "AWS::DynamoDB::Table";
    }

    /// <summary>Rewrites an item of the table as a role of the store's own could.</summary>
    public async Task RewriteAsync(string writer, string partition, string sort, Action<Dictionary<string, AttributeValue>> change)
    {
        using var table = new TableReader(host);
        var item = (await table.QueryAsync(partition)).Single(item => item["sk"].S == sort);
        change(item);
        var role = JsonNode.Parse(TestHost.Template)!["Resources"]!
            .AsObject()
            .First(resource =>
                $"{resource.Value!["Type"]}" == "AWS::IAM::Role" && resource.Key.StartsWith(writer, StringComparison.Ordinal)
            )
            .Key;
        using var client = clients.Client(host.Embedded.CredentialsFor(role));
        await client.PutItemAsync(host.Embedded.Outputs["EvidenceTableName"], item);
    }

    /// <summary>Erases a partition of the table, as its owner can without the policy that forbids it.</summary>
    public async Task EraseAsync(string partition)
    {
        using var reader = new TableReader(host);
        using var client = clients.Tables();
        var table = host.Embedded.Outputs["EvidenceTableName"];
        foreach (var item in await reader.QueryAsync(partition))
        {
            await client.DeleteItemAsync(table, new Dictionary<string, AttributeValue> { ["pk"] = item["pk"], ["sk"] = item["sk"] });
        }
    }

    /// <summary>Puts a checkpoint in the place of the one that is published.</summary>
    /// <returns>The one that was.</returns>
    public async Task<string> ReplaceCheckpointAsync(string? other)
    {
        var bucket = host.Embedded.Outputs["LogBucketName"];
        using var found = await objects.GetObjectAsync(bucket, "checkpoint");
        using var reader = new StreamReader(found.ResponseStream);
        var before = await reader.ReadToEndAsync();
        if (other is not null)
        {
            await objects.PutObjectAsync(
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
}
