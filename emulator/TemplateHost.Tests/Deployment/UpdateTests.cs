using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using TemplateHost.Deployment;
using TemplateHost.Hosting;
using TemplateHost.Testing;
using Xunit;

namespace TemplateHost.Tests.Deployment;

/// <summary>What an update keeps, changes, replaces, and takes back.</summary>
public sealed class UpdateTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("template-host-update-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Update_InPlace_KeepsDataAndFillsTheNewIndex()
    {
        var name = await WithItemAsync(Table("pk"));

        await using var host = await StartAsync(Table("pk", index: "byG"));
        using var client = Client(host);
        var found = await client.QueryAsync(
            new QueryRequest
            {
                TableName = name,
                IndexName = "byG",
                KeyConditionExpression = "g = :g",
                ExpressionAttributeValues = new() { [":g"] = new("x") },
            }
        );

        Assert.Equal(name, host.Host.Outputs["Name"]);
        Assert.Equal("a", Assert.Single(found.Items)["pk"].S);
    }

    [Fact]
    public async Task Update_OfTwoIndexesAtOnce_IsRefusedAndRolledBack()
    {
        var name = await WithItemAsync(Table("pk", index: "byG"));

        var refusal = await Assert.ThrowsAsync<DeploymentException>(() => StartAsync(Table("pk", index: "byOther")));

        Assert.Contains(
            "Cannot perform more than one GSI creation or deletion in a single update",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(1, await CountAsync(Table("pk", index: "byG"), name));
    }

    [Fact]
    public async Task Update_OfTheKey_ReplacesTheTableAndPointsItsDependentsAtIt()
    {
        var name = await WithItemAsync(Table("pk", dependent: true));

        await using var host = await StartAsync(Table("id", dependent: true));
        using var client = Client(host);

        Assert.NotEqual(name, host.Host.Outputs["Name"]);
        Assert.Equal(host.Host.Outputs["Name"], host.Host.Outputs["Dependent"]);
        Assert.Equal([host.Host.Outputs["Name"]], (await client.ListTablesAsync()).TableNames);
    }

    [Fact]
    public async Task Update_ThatReplaces_FollowsUpdateReplacePolicy()
    {
        var name = await WithItemAsync(Table("pk", attributes: "\"UpdateReplacePolicy\": \"Retain\","));

        await using var host = await StartAsync(Table("id", attributes: "\"UpdateReplacePolicy\": \"Retain\","));
        using var client = Client(host);

        Assert.Equal("a", Assert.Single((await client.ScanAsync(new ScanRequest { TableName = name })).Items)["pk"].S);
        Assert.NotEqual(name, host.Host.Outputs["Name"]);
    }

    [Fact]
    public async Task Update_ThatReplacesACustomNamedResource_IsRefusedInCloudFormationsWords()
    {
        await WithItemAsync(Table("pk", name: "things"));

        var refusal = await Assert.ThrowsAsync<DeploymentException>(() => StartAsync(Table("id", name: "things")));

        Assert.Equal(
            "T (AWS::DynamoDB::Table): CloudFormation cannot update a stack when a custom-named resource requires "
                + "replacing. Rename things and update the stack again.",
            refusal.Message
        );
        Assert.Equal(1, await CountAsync(Table("pk", name: "things"), "things"));
    }

    [Fact]
    public async Task Update_ThatFailsAfterAReplacement_TakesTheOldOneBackWithItsData()
    {
        var name = await WithItemAsync(Table("pk", dependent: true));

        await Assert.ThrowsAsync<DeploymentException>(() => StartAsync(Table("id", dependent: true, more: Unmakeable)));

        await using var host = await StartAsync(Table("pk", dependent: true));
        using var client = Client(host);
        Assert.Equal((name, name), (host.Host.Outputs["Name"], host.Host.Outputs["Dependent"]));
        Assert.Equal([name], (await client.ListTablesAsync()).TableNames);
        Assert.Single((await client.ScanAsync(new ScanRequest { TableName = name })).Items);
    }

    [Fact]
    public async Task Update_ThatFails_TakesBackWhatItChangedInPlace()
    {
        var name = await WithItemAsync(Table("pk"));

        await Assert.ThrowsAsync<DeploymentException>(() => StartAsync(Table("pk", index: "byG", more: Unmakeable)));

        await using var host = await StartAsync(Table("pk"));
        using var client = Client(host);
        Assert.Empty((await client.DescribeTableAsync(name)).Table.GlobalSecondaryIndexes ?? []);
    }

    [Fact]
    public async Task Update_OfAType_IsRefused()
    {
        await WithItemAsync(Table("pk"));

        var refusal = await Assert.ThrowsAsync<DeploymentException>(() =>
            StartAsync("""{ "Resources": { "T": { "Type": "AWS::Logs::LogGroup" } } }""")
        );

        Assert.Equal(
            "Update of resource type is not permitted. The new template modifies resource type of the following resources: [T]",
            refusal.Message
        );
    }

    [Fact]
    public async Task Update_ThatWouldNameATakenResource_IsRefused()
    {
        await using (var host = await StartAsync(SdkHost.EmptyTemplate))
        {
            using var client = Client(host);
            await client.CreateTableAsync(
                "things",
                [new KeySchemaElement("pk", KeyType.HASH)],
                [new AttributeDefinition("pk", ScalarAttributeType.S)],
                new ProvisionedThroughput(1, 1)
            );
        }

        var refusal = await Assert.ThrowsAsync<DeploymentException>(() => StartAsync(Table("pk", name: "things")));

        Assert.Equal(
            "T (AWS::DynamoDB::Table): Resource of type 'AWS::DynamoDB::Table' with identifier 'things' already exists.",
            refusal.Message
        );
    }

    [Fact]
    public async Task Creation_ThatFails_LeavesNothingAndCanBeTriedAgain()
    {
        var refusal = await Assert.ThrowsAsync<DeploymentException>(() => StartAsync(Table("pk", name: "things", more: Unmakeable)));
        await using (var empty = await StartAsync(SdkHost.EmptyTemplate))
        {
            using var client = Client(empty);
            Assert.Empty((await client.ListTablesAsync()).TableNames ?? []);
        }

        Assert.Contains("Zz (AWS::SQS::Queue)", refusal.Message, StringComparison.Ordinal);
        await using var host = await StartAsync(Table("pk", name: "things"));
        Assert.Equal("things", host.Host.Outputs["Name"]);
    }

    [Fact]
    public async Task Restart_WithTheSameTemplate_KeepsEveryName()
    {
        var template = Table("pk", dependent: true);
        var name = await WithItemAsync(template);

        Assert.Equal(1, await CountAsync(template, name));
    }

    /// <summary>Last of the resources, and refused only when it is made.</summary>
    private const string Unmakeable =
        ", \"Zz\": { \"Type\": \"AWS::SQS::Queue\", \"DependsOn\": \"T\", \"Properties\": { \"VisibilityTimeout\": 99999999 } }";

    private async Task<string> WithItemAsync(string template)
    {
        await using var host = await StartAsync(template);
        using var client = Client(host);
        await client.PutItemAsync(host.Host.Outputs["Name"], new() { ["pk"] = new("a"), ["g"] = new("x") });
        return host.Host.Outputs["Name"];
    }

    private async Task<int> CountAsync(string template, string name)
    {
        await using var host = await StartAsync(template);
        using var client = Client(host);
        return (await client.ScanAsync(new ScanRequest { TableName = name })).Items.Count;
    }

    private Task<SdkHost> StartAsync(string template) =>
        SdkHost.StartAsync(template, new EmbeddedHostOptions { DataDirectory = directory });

    private static AmazonDynamoDBClient Client(SdkHost host) => new(host.Root, host.Configure(new AmazonDynamoDBConfig()));

    private static string Table(
        string key,
        string? index = null,
        string? name = null,
        bool dependent = false,
        string more = "",
        string attributes = ""
    )
    {
        var definition = index is null ? "" : """{ "AttributeName": "g", "AttributeType": "S" },""";
        var indexes = index is null
            ? ""
            : $$"""
                , "GlobalSecondaryIndexes": [ { "IndexName": "{{index}}", "KeySchema": [ { "AttributeName": "g",
                  "KeyType": "HASH" } ], "Projection": { "ProjectionType": "ALL" } } ]
                """;
        var named = name is null ? "" : $"\"TableName\": \"{name}\",";
        var role = dependent
            ? """
                , "Group": { "Type": "AWS::Logs::LogGroup", "Properties": { "LogGroupName": { "Ref": "T" } } }
                """
            : "";
        var output = dependent ? """, "Dependent": { "Value": { "Ref": "Group" } }""" : "";
        return $$"""
            { "Resources": { "T": { "Type": "AWS::DynamoDB::Table", {{attributes}} "Properties": { "BillingMode": "PAY_PER_REQUEST",
              {{named}}
              "AttributeDefinitions": [ {{definition}} { "AttributeName": "{{key}}", "AttributeType": "S" } ],
              "KeySchema": [ { "AttributeName": "{{key}}", "KeyType": "HASH" } ]{{indexes}} } }{{role}}{{more}} },
              "Outputs": { "Name": { "Value": { "Ref": "T" } }{{output}} } }
            """;
    }
}
