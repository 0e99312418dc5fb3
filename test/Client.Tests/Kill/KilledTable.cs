using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Kill;

/// <summary>The evidence table of the host, as the auditor is given it.</summary>
internal sealed class KilledTable(UpHost host, Workspace workspace)
{
    // The log takes up what is new within seconds; ten minutes are for a machine that does much else.
    private const int Attempts = 300;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>The built command <c>audit</c> finds nothing, once the log has taken everything up.</summary>
    public async Task RequireCleanAuditAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var file = workspace.At("items.jsonl");
            await File.WriteAllLinesAsync(file, await ExportAsync());
            var run = await new BuiltCommand(workspace.At("auditor")).RunAsync("audit", "--service", host.Url, "--table", file, "--json");
            var answer = JsonNode.Parse(run.Output)?.AsObject() ?? throw new InvalidOperationException(run.Error);
            var findings = answer["findings"]!.AsArray();
            if (findings.Count == 0)
            {
                Assert.Equal((0, true), (run.ExitCode, answer["complete"]!.GetValue<bool>()));
                return;
            }

            var isWaiting = findings.All(finding => $"{finding!["code"]}" == "not-in-log");
            Assert.True(isWaiting && attempt < Attempts, findings.ToJsonString());
            await Task.Delay(Interval);
        }
    }

    private async Task<List<string>> ExportAsync()
    {
        var outputs = JsonNode.Parse(await File.ReadAllTextAsync($"{host.Announced["outputsFile"]}"))!;
        var configuration = new AmazonDynamoDBConfig { ServiceURL = host.AwsUrl, AuthenticationRegion = "us-east-1" };
        using var table = new AmazonDynamoDBClient(host.Administrator, configuration);
        var lines = new List<string>();
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var request = new ScanRequest
            {
                TableName = $"{outputs["EvidenceTableName"]}",
                ExclusiveStartKey = start,
                ConsistentRead = true,
            };
            var page = await table.ScanAsync(request);
            lines.AddRange((page.Items ?? []).Select(LineOf));
            start = page.LastEvaluatedKey is { Count: > 0 } last ? last : null;
        } while (start is not null);

        return lines;
    }

    private static string LineOf(Dictionary<string, AttributeValue> item) =>
        new JsonObject(item.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)ValueOf(attribute.Value)))).ToJsonString();

    private static JsonObject ValueOf(AttributeValue value) =>
        value.N is { } number ? new JsonObject { ["N"] = number } : new JsonObject { ["S"] = value.S };
}
