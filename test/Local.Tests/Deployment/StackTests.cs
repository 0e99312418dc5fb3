using Amazon.DynamoDBv2;
using FairShare.Local.Deployment;
using FairShare.Local.Hosting;
using FairShare.Local.Tests.DynamoDb;
using FairShare.Local.Tests.Hosting;
using Xunit;

namespace FairShare.Local.Tests.Deployment;

public sealed class StackTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("fairshare-stack-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("""{"Fn::Join":["-",["a",{"Ref":"AWS::Region"},{"Ref":"Word"}]]}""", "a-us-east-1-word")]
    [InlineData("""{"Fn::Sub":"${Word} ${AWS::AccountId} ${!Literal} ${Group.Arn}"}""", "word 000000000000 ${Literal} arn:aws:logs:us-east-1:000000000000:log-group:logs:*")]
    [InlineData("""{"Fn::Sub":["${x}-${Word}",{"x":{"Ref":"Group"}}]}""", "logs-word")]
    [InlineData("""{"Fn::Select":[1,{"Fn::Split":["/","a/b/c"]}]}""", "b")]
    [InlineData("""{"Fn::Select":["0",{"Ref":"List"}]}""", "x")]
    [InlineData("""{"Fn::If":["IsWord","yes","no"]}""", "yes")]
    [InlineData("""{"Fn::If":["Both","yes",{"Fn::If":["Either","either","no"]}]}""", "either")]
    [InlineData("""{"Fn::FindInMap":["Sizes",{"Ref":"Word"},"small"]}""", "1")]
    [InlineData("""{"Fn::GetAtt":["Group","Arn"]}""", "arn:aws:logs:us-east-1:000000000000:log-group:logs:*")]
    [InlineData("""{"Fn::Base64":"hi"}""", "aGk=")]
    public async Task Output_OfIntrinsicFunction_IsItsValue(string expression, string value)
    {
        await using var host = await SdkHost.StartAsync(
            """
            { "Parameters": { "Word": { "Type": "String", "Default": "word" }, "List": { "Type": "CommaDelimitedList", "Default": "x, y" } },
              "Mappings": { "Sizes": { "word": { "small": "1" } } },
              "Conditions": { "IsWord": { "Fn::Equals": [ { "Ref": "Word" }, "word" ] }, "Not": { "Fn::Not": [ { "Condition": "IsWord" } ] },
                "Both": { "Fn::And": [ { "Condition": "IsWord" }, { "Condition": "Not" } ] }, "Either": { "Fn::Or": [ { "Condition": "IsWord" }, { "Condition": "Not" } ] } },
              "Resources": {
                "Group": { "Type": "AWS::Logs::LogGroup", "Properties": { "LogGroupName": "logs", "KmsKeyId": { "Ref": "AWS::NoValue" } } },
                "Absent": { "Type": "AWS::Unheard::Of", "Condition": "Not" } },
              "Outputs": { "Out": { "Value": 
            """ + expression + """
             }, "Skipped": { "Condition": "Not", "Value": { "Ref": "Absent" } } } }
            """);

        Assert.Equal(value, host.Host.Outputs["Out"]);
        Assert.Single(host.Host.Outputs);
    }

    [Theory]
    [InlineData("""{"Resources":{"A":{"Type":"AWS::Unheard::Of"}}}""", "A: the resource type AWS::Unheard::Of is not honoured by the embedded host.")]
    [InlineData("""{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","Properties":{"Shiny":1}}}}""", "A (AWS::Logs::LogGroup): property Shiny is not honoured by the embedded host.")]
    [InlineData("""{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","DependsOn":"B"},"B":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":{"Ref":"A"}}}}}""", "Circular dependency between resources: [A, B]")]
    [InlineData("""{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","CreationPolicy":{}}}}""", "A (AWS::Logs::LogGroup): attribute CreationPolicy is not honoured by the embedded host.")]
    [InlineData("""{"Resources":{},"Transform":"AWS::Serverless-2016-10-31"}""", "The template section Transform is not honoured by the embedded host.")]
    [InlineData("""{"Resources":{},"Parameters":{"P":{"Type":"String"}}}""", "The parameter P has no value and no default.")]
    [InlineData("""{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":{"Ref":"B"}}}}}""", "Ref to B: the template makes no such resource and has no such parameter.")]
    [InlineData("""{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":{"Fn::Cidr":[]}}}}}""", "The intrinsic function Fn::Cidr is not honoured by the embedded host.")]
    [InlineData("""{"Resources":{"A":{"Type":"AWS::S3::Bucket","Properties":{"LifecycleConfiguration":{"Rules":[{"Status":"Enabled","Transitions":[]}]}}}}}""", "A (AWS::S3::Bucket): property LifecycleConfiguration.Rules.Transitions is not honoured by the embedded host.")]
    public async Task Template_ThatCannotBeHonoured_IsRefusedByName(string template, string message)
    {
        var refusal = await Assert.ThrowsAsync<DeploymentException>(() => SdkHost.StartAsync(template));

        Assert.Equal(message, refusal.Message);
    }

    [Fact]
    public async Task Update_OfTheTemplate_KeepsDataAndFillsNewIndexes()
    {
        var before = Table("""{"AttributeName":"g","AttributeType":"S"},""", "byG", "g");
        var after = Table("""{"AttributeName":"h","AttributeType":"S"},""", "byH", "h");
        string name;
        await using (var host = await StartAsync(before))
        {
            name = host.Host.Outputs["Name"];
            using var client = Client(host);
            await client.PutItemAsync(name, new() { ["pk"] = new("a"), ["g"] = new("x"), ["h"] = new("y") });
        }

        await using var updated = await StartAsync(after);
        using var later = Client(updated);
        var found = await later.QueryAsync(new()
        {
            TableName = name,
            IndexName = "byH",
            KeyConditionExpression = "h = :h",
            ExpressionAttributeValues = new() { [":h"] = new("y") },
        });

        Assert.Equal(name, updated.Host.Outputs["Name"]);
        Assert.Equal("a", Assert.Single(found.Items)["pk"].S);
        var gone = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => later.ScanAsync(new() { TableName = name, IndexName = "byG" }));
        Assert.Equal("The table does not have the specified index: byG", gone.Message);
    }

    [Theory]
    [InlineData("Retain", true)]
    [InlineData("Delete", false)]
    public async Task Update_WithoutTheResource_FollowsItsDeletionPolicy(string policy, bool stays)
    {
        var template = TestTable.Template.Replace("\"Properties\"", $"\"DeletionPolicy\": \"{policy}\", \"Properties\"", StringComparison.Ordinal);
        await using (var host = await StartAsync(template))
        {
            using var client = Client(host);
            await client.PutItemAsync(TestTable.Name, TestTable.Key("a"));
        }

        await using var updated = await StartAsync(SdkHost.EmptyTemplate);
        using var later = Client(updated);

        Assert.Equal(stays, (await later.ListTablesAsync()).TableNames?.Contains(TestTable.Name) ?? false);
    }

    [Fact]
    public async Task Start_OnAHeldDirectory_IsRefused()
    {
        await using var host = await StartAsync(SdkHost.EmptyTemplate);

        await Assert.ThrowsAsync<IOException>(() => StartAsync(SdkHost.EmptyTemplate));
    }

    private Task<SdkHost> StartAsync(string template) => SdkHost.StartAsync(template, new EmbeddedHostOptions { DataDirectory = directory });

    private static AmazonDynamoDBClient Client(SdkHost host) => new(SdkHost.Root, host.Configure(new AmazonDynamoDBConfig()));

    private static string Table(string attribute, string index, string key) => $$"""
        { "Resources": { "T": { "Type": "AWS::DynamoDB::Table", "Properties": {
          "AttributeDefinitions": [ {{attribute}} { "AttributeName": "pk", "AttributeType": "S" } ],
          "KeySchema": [ { "AttributeName": "pk", "KeyType": "HASH" } ],
          "GlobalSecondaryIndexes": [ { "IndexName": "{{index}}", "KeySchema": [ { "AttributeName": "{{key}}", "KeyType": "HASH" } ], "Projection": { "ProjectionType": "ALL" } } ] } } },
          "Outputs": { "Name": { "Value": { "Ref": "T" } } } }
        """;
}
