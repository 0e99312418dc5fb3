using System.Text.Json.Nodes;
using FairShare.Testing;
using Microsoft.AspNetCore.Http;

namespace FairShare.Scenarios.Tests.Webhooks;

/// <summary>A queue of a partner's, and the role by which it lets itself be sent to. The host has one account, which is both's.</summary>
public sealed class PartnerAccount(TestHost host, string name)
{
    private const string Id = "000000000000";
    private readonly SignedAwsClient root = SignedAwsClient.OfRoot(host);

    public string Queue => $"arn:aws:sqs:us-east-1:{Id}:{name}";

    public string Role => $"arn:aws:iam::{Id}:role/fairshare/{name}";

    /// <summary>What registers it.</summary>
    public JsonObject Request => new() { ["queue"] = Queue, ["role"] = Role };

    /// <summary>Makes the queue, and a role that trusts whoever has the external id; anybody of the account for null.</summary>
    /// <param name="externalId">The id, or the pattern.</param>
    /// <param name="condition">How it is compared.</param>
    /// <param name="right">What the role may do with the queue.</param>
    public Task DeployAsync(string? externalId, string condition = "StringEquals", string right = "sqs:SendMessage")
    {
        var trust = Statement("sts:AssumeRole", ("Principal", new JsonObject { ["AWS"] = Id }));
        if (externalId is not null)
        {
            trust["Condition"] = new JsonObject { [condition] = new JsonObject { ["sts:ExternalId"] = externalId } };
        }

        var role = new JsonObject
        {
            ["RoleName"] = name,
            ["Path"] = "/fairshare/",
            ["AssumeRolePolicyDocument"] = Policy(trust),
            ["Policies"] = new JsonArray(
                new JsonObject { ["PolicyName"] = "send", ["PolicyDocument"] = Policy(Statement(right, ("Resource", Queue))) }
            ),
        };
        var template = new JsonObject
        {
            ["Resources"] = new JsonObject
            {
                ["Queue"] = new JsonObject
                {
                    ["Type"] = "AWS::SQS::Queue",
                    ["Properties"] = new JsonObject { ["QueueName"] = name },
                },
                ["Role"] = new JsonObject { ["Type"] = "AWS::IAM::Role", ["Properties"] = role },
            },
        };
        return host.Embedded.DeployBesideAsync($"partner-{name}", template.ToJsonString(), new Dictionary<string, string>());
    }

    /// <summary>The next message of the queue, which is taken out of it; null for none within a second.</summary>
    public async Task<ReceivedMessage?> TakeAsync()
    {
        var url = $"{host.Embedded.AwsUrl}/{Id}/{name}";
        var input = new JsonObject
        {
            ["QueueUrl"] = url,
            ["WaitTimeSeconds"] = 1,
            ["MessageAttributeNames"] = new JsonArray("All"),
        };
        var answer = (await root.CallAsync("sqs", "AmazonSQS.ReceiveMessage", input)).Require(200).Body;
        if (answer?["Messages"]?.AsArray() is not [{ } message])
        {
            return null;
        }

        await root.CallAsync(
            "sqs",
            "AmazonSQS.DeleteMessage",
            new JsonObject { ["QueueUrl"] = url, ["ReceiptHandle"] = $"{message["ReceiptHandle"]}" }
        );
        var headers = new HeaderDictionary();
        foreach (var (attribute, value) in message["MessageAttributes"]!.AsObject())
        {
            headers[attribute] = $"{value!["StringValue"]}";
        }

        return new($"{headers["webhook-id"]}", $"{message["Body"]}", headers);
    }

    private static JsonObject Policy(JsonObject statement) =>
        new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statement) };

    private static JsonObject Statement(string action, (string Name, JsonNode Value) member) =>
        new()
        {
            ["Effect"] = "Allow",
            ["Action"] = action,
            [member.Name] = member.Value,
        };
}
