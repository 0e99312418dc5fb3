using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Gateway;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Persistence;

/// <summary>A host whose disk is full refuses what it cannot keep, forgets nothing, and goes on when there is room.</summary>
public sealed class FullDiskTests
{
    private const int Executions = 8;

    private static string Template =>
        TestHost.Template(
            """
            "Things": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "things", "BillingMode": "PAY_PER_REQUEST",
              "AttributeDefinitions": [ { "AttributeName": "pk", "AttributeType": "S" } ],
              "KeySchema": [ { "AttributeName": "pk", "KeyType": "HASH" } ] } },
            "Documents": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "documents" } }
            """
        );

    [Fact]
    public async Task Host_WhoseDiskIsFull_RefusesAndGoesOnWhenThereIsRoom()
    {
        using var disk = SmallDisk.Mount("24m");
        Assert.SkipWhen(disk is null, "No small disk can be mounted here: that takes root, and Linux.");
        var template = Path.Combine(disk!.Folder, "template.json");
        await File.WriteAllTextAsync(template, Template);
        using var host = await HostProcess.StartAsync(Path.Combine(disk.Folder, "data"), template, disk.Folder);
        var executions = await StartExecutionsAsync(host);
        var filler = Path.Combine(disk.Folder, "filler");

        Fill(filler);
        // The log has some room of its own; then every write is refused.
        var number = 0;
        Assert.Equal(500, await Waiting.UntilAsync(() => RefusalAsync(host, $"{number++}"), status => status != 0));
        Assert.NotEqual("", await host.SendAsync(HttpMethod.Put, "/documents/large", "s3", new EndlessBody(8 << 20, isDeclared: true)));
        Assert.Equal(404, (await host.SendAsync(HttpMethod.Get, "/documents/large")).Status);
        // The executions come to where they write, and wait there; none may be lost or said to have failed.
        await Waiting.UntilAsync(
            () => Task.FromResult(host.Said.Count(line => line.Contains("waits for the store", StringComparison.Ordinal))),
            waiting => waiting >= Executions
        );
        File.Delete(filler);

        await Waiting.UntilAsync(() => RefusalAsync(host, "after"), status => status == 0);
        Assert.Equal("", await host.SendAsync(HttpMethod.Put, "/documents/large", "s3", new EndlessBody(8 << 20, isDeclared: true)));
        foreach (var execution in executions)
        {
            var ended = await Waiting.UntilAsync(
                () => host.CallAsync("states", "DescribeExecution", new() { ["executionArn"] = execution }),
                described => described["status"]!.ToString() != "RUNNING"
            );
            Assert.Equal("SUCCEEDED", ended["status"]!.ToString());
        }

        Assert.Equal("1", (await host.CallAsync("dynamodb", "GetItem", Key("0")))["Item"]!["n"]!["N"]!.ToString());
    }

    private static async Task<List<string>> StartExecutionsAsync(HostProcess host)
    {
        var states = """
            {"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":1,"Next":"Write"},"Write":{"Type":"Task","End":true,
              "Resource":"arn:aws:states:::aws-sdk:dynamodb:updateItem","Parameters":{"TableName":"things","Key":{"Pk":{"S.$":"$.pk"}},
              "UpdateExpression":"SET n = :one, body = :body","ExpressionAttributeValues":{":one":{"N":"1"},":body":{"S.$":"$.body"}}}}}}
            """.Replace("\"Pk\"", "\"pk\"", StringComparison.Ordinal);
        var machine = await host.CallAsync(
            "states",
            "CreateStateMachine",
            new()
            {
                ["name"] = "writer",
                ["definition"] = states,
                ["roleArn"] = "arn:aws:iam::000000000000:role/" + await RoleAsync(host),
            }
        );
        var executions = new List<string>();
        for (var number = 0; number < Executions; number++)
        {
            var input = new JsonObject { ["pk"] = $"{number}", ["body"] = Incompressible(100_000, number) };
            var started = await host.CallAsync(
                "states",
                "StartExecution",
                new() { ["stateMachineArn"] = machine["stateMachineArn"]!.ToString(), ["input"] = input.ToJsonString() }
            );
            executions.Add(started["executionArn"]!.ToString());
        }

        return executions;
    }

    private static async Task<string> RoleAsync(HostProcess host)
    {
        using var form = new FormUrlEncodedContent([new("Action", "ListRoles"), new("Version", "2010-05-08")]);
        var answer = await host.SignedAsync(HttpMethod.Post, "/", "iam", form);
        return System.Text.RegularExpressions.Regex.Match(answer, "<RoleName>([^<]+)</RoleName>").Groups[1].Value;
    }

    /// <summary>Text that takes room on the disk whatever the host does to it.</summary>
    private static string Incompressible(int length, int seed)
    {
        var octets = new byte[length * 3 / 4];
        new Random(seed).NextBytes(octets);
        return Convert.ToBase64String(octets);
    }

    private static void Fill(string path)
    {
        var block = new byte[4096];
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <returns>The status of the refusal; 0 when the write was taken.</returns>
    private static async Task<int> RefusalAsync(HostProcess host, string key)
    {
        try
        {
            await host.CallAsync(
                "dynamodb",
                "PutItem",
                new()
                {
                    ["TableName"] = "things",
                    ["Item"] = new JsonObject
                    {
                        ["pk"] = new JsonObject { ["S"] = $"large-{key}" },
                        ["body"] = new JsonObject { ["S"] = Incompressible(300_000, 0) },
                    },
                }
            );
            return 0;
        }
        catch (AwsCallException refused)
        {
            return refused.Status;
        }
    }

    private static JsonObject Key(string key) =>
        new()
        {
            ["TableName"] = "things",
            ["Key"] = new JsonObject { ["pk"] = new JsonObject { ["S"] = key } },
        };
}
