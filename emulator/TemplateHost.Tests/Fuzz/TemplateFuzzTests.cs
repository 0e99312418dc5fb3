using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.Testing.Fuzzing;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Fuzz;

/// <summary>Whatever template the host is started with, it is deployed, or refused by what the deployment says that it throws.</summary>
public sealed class TemplateFuzzTests(ITestOutputHelper output)
{
    private const string Whole = """
        { "Parameters": { "Word": { "Type": "String", "Default": "word", "AllowedValues": ["word", "other"] } },
          "Mappings": { "Sizes": { "word": { "small": "1" } } },
          "Conditions": { "IsWord": { "Fn::Equals": [{ "Ref": "Word" }, "word"] } },
          "Resources": {
            "Items": { "Type": "AWS::DynamoDB::Table", "DeletionPolicy": "Retain", "Properties": { "BillingMode": "PAY_PER_REQUEST",
              "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }, { "AttributeName": "g", "AttributeType": "S" }],
              "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }],
              "GlobalSecondaryIndexes": [{ "IndexName": "byG", "KeySchema": [{ "AttributeName": "g", "KeyType": "HASH" }],
                "Projection": { "ProjectionType": "KEYS_ONLY" } }],
              "TimeToLiveSpecification": { "AttributeName": "ttl", "Enabled": true },
              "StreamSpecification": { "StreamViewType": "NEW_IMAGE" } } },
            "Files": { "Type": "AWS::S3::Bucket", "Properties": { "VersioningConfiguration": { "Status": "Enabled" },
              "LifecycleConfiguration": { "Rules": [{ "Status": "Enabled", "Prefix": "a/", "ExpirationInDays": 1 }] } } },
            "Key": { "Type": "AWS::KMS::Key", "Properties": { "KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY",
              "KeyPolicy": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "kms:*", "Resource": "*",
                "Principal": { "AWS": { "Fn::Join": ["", ["arn:aws:iam::", { "Ref": "AWS::AccountId" }, ":root"]] } } }] } } },
            "Bus": { "Type": "AWS::Events::EventBus", "Properties": { "Name": { "Fn::Sub": "${Word}-${AWS::Region}" } } },
            "Inbox": { "Type": "AWS::SQS::Queue", "Condition": "IsWord", "Properties": { "VisibilityTimeout": 30,
              "MessageRetentionPeriod": { "Fn::Select": [0, { "Fn::Split": [",", "600,700"] }] } } },
            "Rule": { "Type": "AWS::Events::Rule", "DependsOn": "Items", "Properties": { "EventBusName": { "Ref": "Bus" },
              "EventPattern": { "source": ["s", { "prefix": "a" }], "detail": { "to": [{ "exists": true }] } },
              "Targets": [{ "Id": "t", "Arn": { "Fn::GetAtt": ["Inbox", "Arn"] }, "InputPath": "$.detail" }] } },
            "InboxPolicy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [{ "Ref": "Inbox" }],
              "PolicyDocument": { "Statement": [{ "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" },
                "Action": "sqs:SendMessage", "Resource": { "Fn::GetAtt": ["Inbox", "Arn"] },
                "Condition": { "ArnEquals": { "aws:SourceArn": { "Fn::GetAtt": ["Rule", "Arn"] } } } }] } } },
            "Role": { "Type": "AWS::IAM::Role", "Properties": {
              "AssumeRolePolicyDocument": { "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole",
                "Principal": { "Service": "states.amazonaws.com" } }] },
              "Policies": [{ "PolicyName": "p", "PolicyDocument": { "Statement": [{ "Effect": "Allow", "Action": ["s3:GetObject"],
                "Resource": { "Fn::Join": ["", [{ "Fn::GetAtt": ["Files", "Arn"] }, "/*"]] } }] } }] } },
            "Machine": { "Type": "AWS::StepFunctions::StateMachine", "Properties": { "RoleArn": { "Fn::GetAtt": ["Role", "Arn"] },
              "DefinitionString": "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true}}}",
              "DefinitionSubstitutions": { "Name": { "Ref": "Items" } } } } },
          "Outputs": { "Size": { "Value": { "Fn::FindInMap": ["Sizes", { "Ref": "Word" }, "small"] } },
            "Name": { "Value": { "Fn::If": ["IsWord", { "Ref": "Inbox" }, { "Ref": "AWS::NoValue" }] } } } }
        """;

    private static readonly string[] Words =
    [
        .. "Ref Fn::GetAtt Fn::Sub Fn::If ${Items} ${ AWS::NoValue AWS::Region Items Inbox Rule .Arn arn:aws: * : /".Split(' '),
    ];

    [Fact]
    public async Task Start_AnyTemplate_IsDeployedOrRefused()
    {
        var plan = FuzzPlan.Of(150);
        var fuzz = new HostFuzz(plan, StartAsync);
        await fuzz.RunAsync(Whole, DrawTemplate);
        output.WriteLine($"{fuzz}");
    }

    [Fact]
    public async Task Start_ByADeploymentThatTrustsTheTypesOfMembers_IsFound()
    {
        var fuzz = new HostFuzz(FuzzPlan.Of(150), template => Task.FromResult(TrustingRead(template)));
        await Assert.ThrowsAsync<FuzzFindingException>(() => fuzz.RunAsync(Whole, DrawTemplate));
    }

    /// <summary>A seeded defect: a reader that takes every resource for an object with a type and properties.</summary>
    private static int TrustingRead(string template)
    {
        try
        {
            return (JsonNode.Parse(template)?["Resources"] as JsonObject ?? throw new DeploymentException("No resources.")).Sum(resource =>
                resource.Value!["Type"]!.GetValue<string>().Length + resource.Value["Properties"]!.AsObject().Count
            );
        }
        catch (System.Text.Json.JsonException fault)
        {
            throw new DeploymentException(fault.Message);
        }
    }

    private static async Task StartAsync(string template)
    {
        await using var host = await TestHost.StartAsync(template);
        Assert.Empty(host.Faults);
    }

    private static string DrawTemplate(Random random)
    {
        var text = new JsonMutator(random, Words).Mutate(JsonNode.Parse(Whole))?.ToJsonString() ?? "null";
        return random.Next(10) == 0 ? TextMutator.Mutate(text, random, ["\\ud800", "{", "[", ",", "\""]) : text;
    }

    /// <summary>Starts a host with each template, one after the other.</summary>
    private sealed class HostFuzz(FuzzPlan plan, Func<string, Task> start)
    {
        // No machine is so slow that a host takes so long.
        private static readonly TimeSpan Hang = TimeSpan.FromMinutes(3);

        private int deployed;
        private int refused;

        public async Task RunAsync(string whole, Func<Random, string> draw)
        {
            await start(whole);
            foreach (var number in plan.Numbers)
            {
                var template = draw(plan.RandomOf(number));
                try
                {
                    await start(template).WaitAsync(Hang);
                    deployed++;
                }
                catch (DeploymentException refusal)
                {
                    refused++;
                    Assert.False(string.IsNullOrWhiteSpace(refusal.Message), plan.Replay(number));
                }
                catch (Exception fault)
                {
                    throw new FuzzFindingException($"{fault.GetType()}: {fault.Message}\n{plan.Replay(number)}\n{template}", fault);
                }
            }

            Assert.True(plan.Count == 1 || (deployed > 0 && refused > 0), $"{this}");
        }

        public override string ToString() => $"templates: {deployed} deployed, {refused} refused";
    }
}
