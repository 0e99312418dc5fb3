using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.KeyManagementService;
using TemplateHost.Identity;
using TemplateHost.Testing;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Identity;

public sealed class GrantUseTests
{
    private const string Template = """
        { "Resources": { "Caller": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "caller",
            "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
              "Principal": { "Service": "lambda.amazonaws.com" } } ] },
            "Policies": [
              { "PolicyName": "first", "PolicyDocument": { "Statement": [
                { "Effect": "Allow", "Action": "kms:ListKeys", "Resource": "*" },
                { "Effect": "Allow", "Action": ["kms:CreateKey", "kms:TagResource"], "Resource": "*" } ] } },
              { "PolicyName": "second", "PolicyDocument": { "Statement": [
                { "Effect": "Allow", "Action": "kms:List*", "Resource": "*" } ] } } ] } } } }
        """;

    private const string Reader = """
        { "Resources": {
          "Items": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "items", "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }],
            "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }] } },
          "Caller": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "caller",
            "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
              "Principal": { "Service": "lambda.amazonaws.com" } } ] },
            "Policies": [ { "PolicyName": "first", "PolicyDocument": { "Statement": [
              { "Effect": "Allow", "Action": "dynamodb:GetItem",
                "Resource": ["arn:aws:dynamodb:us-east-1:000000000000:table/others", { "Fn::GetAtt": ["Items", "Arn"] }] } ] } } ] } } } }
        """;

    private const string Bus = """
        { "Resources": {
          "Bus": { "Type": "AWS::Events::EventBus", "Properties": { "Name": "bus" } },
          "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox" } },
          "Rule": { "Type": "AWS::Events::Rule", "Properties": { "EventBusName": { "Ref": "Bus" },
            "EventPattern": { "source": ["s"] }, "Targets": [{ "Id": "t", "Arn": { "Fn::GetAtt": ["Queue", "Arn"] } }] } },
          "Policy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [{ "Ref": "Queue" }],
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [
              { "Effect": "Allow", "Principal": { "Service": "s3.amazonaws.com" }, "Action": "sqs:SendMessage",
                "Resource": { "Fn::GetAtt": ["Queue", "Arn"] } },
              { "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": "sqs:SendMessage",
                "Resource": { "Fn::GetAtt": ["Queue", "Arn"] } } ] } } } } }
        """;

    [Fact]
    public async Task Relied_CallThatOneStatementAllows_NamesIt()
    {
        var uses = new ConcurrentQueue<GrantUse>();
        await using var host = await SdkHost.StartAsync(Template, new() { Relied = uses.Enqueue });
        using var kms = new AmazonKeyManagementServiceClient(
            SdkHost.Of(host.Host.CredentialsFor("Caller")),
            host.Configure(new AmazonKeyManagementServiceConfig())
        );

        await kms.CreateKeyAsync(new() { KeySpec = KeySpec.ECC_NIST_P256, KeyUsage = KeyUsageType.SIGN_VERIFY });
        await kms.ListKeysAsync(new());

        var use = Assert.Single(uses);
        Assert.Equal(("caller", "first", 1, "kms:CreateKey", "*"), (use.Role, use.Policy, use.Statement, use.Action, use.Resource));
        Assert.Equal([0], use.Places);
    }

    [Fact]
    public async Task Relied_CallOfOneOfTheResources_NamesItAndTheKeysOfTheCall()
    {
        var uses = new ConcurrentQueue<GrantUse>();
        await using var host = await SdkHost.StartAsync(Reader, new() { Relied = uses.Enqueue });
        using var tables = new AmazonDynamoDBClient(
            SdkHost.Of(host.Host.CredentialsFor("Caller")),
            host.Configure(new AmazonDynamoDBConfig())
        );

        await tables.GetItemAsync("items", new() { ["pk"] = new AttributeValue("A#1") });

        var use = Assert.Single(uses);
        Assert.Equal([1], use.Places);
        Assert.Equal("A#1", use.Keys["dynamodb:LeadingKeys"]);
    }

    [Fact]
    public async Task Relied_CallOfAServiceThatTheResourceLets_NamesTheResourceAndTheStatement()
    {
        var uses = new ConcurrentQueue<GrantUse>();
        await using var host = await SdkHost.StartAsync(Bus, new() { Relied = uses.Enqueue });
        var entry = new JsonObject
        {
            ["Source"] = "s",
            ["DetailType"] = "d",
            ["Detail"] = "{}",
            ["EventBusName"] = "bus",
        };
        using var request = JsonProtocol.Request(host.Host.AwsUrl, "events", "PutEvents", new() { ["Entries"] = new JsonArray(entry) });
        await host.Signer.SignAsync(request, "events");
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        await Waiting.UntilAsync(() => Task.FromResult(uses.Count), count => count > 0);

        var use = Assert.Single(uses);
        Assert.Equal(("events.amazonaws.com", 1, "sqs:SendMessage"), (use.Role, use.Statement, use.Action));
        Assert.Equal(use.Resource, use.Policy);
    }
}
