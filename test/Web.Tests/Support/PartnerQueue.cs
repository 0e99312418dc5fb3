using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Testing;

namespace FairShare.Web.Tests.Support;

/// <summary>A queue of somebody's, and the role by which it lets itself be sent to, made by the host's CloudFormation.</summary>
internal sealed class PartnerQueue(PageHost host, string name)
{
    private const string Account = "000000000000";

    public string Queue => $"arn:aws:sqs:us-east-1:{Account}:{name}";

    public string Role => $"arn:aws:iam::{Account}:role/fairshare/{name}";

    /// <summary>Makes both.</summary>
    /// <param name="trust">The role's trust policy, as somebody was shown it.</param>
    public async Task DeployAsync(string trust)
    {
        var template = $$$"""
            {"Resources":{
              "Queue":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"{{{name}}}"}},
              "Role":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"{{{name}}}","Path":"/fairshare/",
                "AssumeRolePolicyDocument":{{{trust}}},
                "Policies":[{"PolicyName":"send","PolicyDocument":{"Version":"2012-10-17","Statement":[
                  {"Effect":"Allow","Action":"sqs:SendMessage","Resource":"{{{Queue}}}"}]} }]}} }}
            """;
        var form = new Dictionary<string, string>
        {
            ["Action"] = "CreateStack",
            ["Version"] = "2010-05-15",
            ["StackName"] = name,
            ["TemplateBody"] = template,
            ["Capabilities.member.1"] = "CAPABILITY_NAMED_IAM",
        };
        using var content = new FormUrlEncodedContent(form);
        await CallAsync("cloudformation", content);
        form = new()
        {
            ["Action"] = "DescribeStacks",
            ["Version"] = "2010-05-15",
            ["StackName"] = name,
        };
        for (var state = ""; !state.Contains("CREATE_COMPLETE", StringComparison.Ordinal); )
        {
            Assert.DoesNotContain("ROLLBACK", state, StringComparison.Ordinal);
            using var question = new FormUrlEncodedContent(form);
            state = await CallAsync("cloudformation", question);
        }
    }

    /// <summary>The body of the message that the queue has.</summary>
    public async Task<JsonNode> TakeAsync()
    {
        var input = new JsonObject { ["QueueUrl"] = $"{host.AwsUrl}/{Account}/{name}", ["WaitTimeSeconds"] = 1 };
        using var content = new StringContent(input.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.0");
        var answer = JsonNode.Parse(await CallAsync("sqs", content, "AmazonSQS.ReceiveMessage"))!;
        return JsonNode.Parse($"{Assert.Single(answer["Messages"]!.AsArray())!["Body"]}")!;
    }

    private async Task<string> CallAsync(string service, HttpContent content, string? target = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.AwsUrl}/") { Content = content };
        if (target is not null)
        {
            request.Headers.Add("x-amz-target", target);
        }

        // After the name of the profile: the id of the administrator's key, and the key.
        var lines = await File.ReadAllLinesAsync(Path.Combine(Path.GetDirectoryName(host.Mailbox)!, "root-credentials"));
        await new RequestSigner(ValueOf(lines[1]), ValueOf(lines[2]), null, TimeProvider.System).SignAsync(request, service);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    private static string ValueOf(string line) => line.Split('=', 2)[1].Trim();
}
