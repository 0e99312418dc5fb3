using System.Text.Json.Nodes;
using System.Xml.Linq;
using TemplateHost.Testing;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.CloudFormation;

public sealed class StackApiTests : IAsyncLifetime
{
    private const string Template = """
        { "Description": "two things", "Parameters": { "Seconds": { "Type": "String", "Default": "30" } },
          "Resources": { "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "VisibilityTimeout": { "Ref": "Seconds" } } },
            "Group": { "Type": "AWS::Logs::LogGroup", "DependsOn": "Queue" } },
          "Outputs": { "Url": { "Value": { "Ref": "Queue" }, "Description": "where" } } }
        """;

    private const string Failing = """
        { "Resources": { "Good": { "Type": "AWS::SQS::Queue" }, "Bad": { "Type": "AWS::SQS::Queue",
          "DependsOn": "Good", "Properties": { "VisibilityTimeout": 99999999 } } } }
        """;

    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Stack_CreatedUpdatedDeleted_GoesThroughItsStates()
    {
        await CallAsync(
            "CreateStack",
            ("StackName", "one"),
            ("TemplateBody", Template),
            ("Tags.member.1.Key", "k"),
            ("Tags.member.1.Value", "v")
        );
        var made = await StackAsync("one");
        Assert.Equal(
            ("CREATE_COMPLETE", "two things", "30"),
            (Text(made, "StackStatus"), Text(made, "Description"), Text(made, "ParameterValue"))
        );
        var url = Text(made, "OutputValue");

        await CallAsync(
            "UpdateStack",
            ("StackName", "one"),
            ("UsePreviousTemplate", "true"),
            ("Parameters.member.1.ParameterKey", "Seconds"),
            ("Parameters.member.1.ParameterValue", "60")
        );
        var updated = await StackAsync("one");
        Assert.Equal(("UPDATE_COMPLETE", url), (Text(updated, "StackStatus"), Text(updated, "OutputValue")));
        Assert.Equal("60", await TimeoutAsync(url));

        await CallAsync("DeleteStack", ("StackName", "one"));
        await ExpectAsync("ValidationError", "Stack with id one does not exist", "DescribeStacks", ("StackName", "one"));
        var gone = await CallAsync("DescribeStacks", ("StackName", Text(made, "StackId")));
        Assert.Equal("DELETE_COMPLETE", Text(gone, "StackStatus"));
        Assert.Empty((await host.CallAsync("sqs", "ListQueues", []))["QueueUrls"]?.AsArray() ?? []);
    }

    [Fact]
    public async Task Stack_ThatCannotBeMade_IsRolledBackAndTellsWhy()
    {
        await CallAsync("CreateStack", ("StackName", "one"), ("TemplateBody", Failing));

        Assert.Equal("ROLLBACK_COMPLETE", Text(await StackAsync("one"), "StackStatus"));
        Assert.Empty((await host.CallAsync("sqs", "ListQueues", []))["QueueUrls"]?.AsArray() ?? []);
        var events = (await CallAsync("DescribeStackEvents", ("StackName", "one")))
            .Descendants("member")
            .Reverse()
            .Select(line => $"{Text(line, "LogicalResourceId")} {Text(line, "ResourceStatus")}");
        Assert.Equal(
            [
                "one CREATE_IN_PROGRESS",
                "Good CREATE_IN_PROGRESS",
                "Good CREATE_COMPLETE",
                "Bad CREATE_IN_PROGRESS",
                "Bad CREATE_FAILED",
                "one ROLLBACK_IN_PROGRESS",
                "Good DELETE_IN_PROGRESS",
                "Good DELETE_COMPLETE",
                "one ROLLBACK_COMPLETE",
            ],
            events
        );
        await ExpectAsync(
            "ValidationError",
            "is in ROLLBACK_COMPLETE state and can not be updated.",
            "UpdateStack",
            ("StackName", "one"),
            ("TemplateBody", Template)
        );
    }

    [Fact]
    public async Task Update_ThatFails_IsRolledBack()
    {
        await CallAsync("CreateStack", ("StackName", "one"), ("TemplateBody", Template));
        var url = Text(await StackAsync("one"), "OutputValue");

        await CallAsync(
            "UpdateStack",
            ("StackName", "one"),
            ("TemplateBody", Template),
            ("Parameters.member.1.ParameterKey", "Seconds"),
            ("Parameters.member.1.ParameterValue", "99999999")
        );

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", Text(await StackAsync("one"), "StackStatus"));
        Assert.Equal("30", await TimeoutAsync(url));
    }

    [Fact]
    public async Task Calls_ThatCannotBeHonoured_AreRefusedByCode()
    {
        await CallAsync("CreateStack", ("StackName", "one"), ("TemplateBody", Template));

        await ExpectAsync(
            "AlreadyExistsException",
            "Stack [one] already exists",
            "CreateStack",
            ("StackName", "one"),
            ("TemplateBody", Template)
        );
        await ExpectAsync(
            "ValidationError",
            "No updates are to be performed.",
            "UpdateStack",
            ("StackName", "one"),
            ("TemplateBody", Template)
        );
        await ExpectAsync(
            "ValidationError",
            "No updates are to be performed.",
            "UpdateStack",
            ("StackName", "one"),
            ("UsePreviousTemplate", "true"),
            ("Parameters.member.1.ParameterKey", "Seconds"),
            ("Parameters.member.1.UsePreviousValue", "true")
        );
        await ExpectAsync("ValidationError", "Stack [two] does not exist", "UpdateStack", ("StackName", "two"), ("TemplateBody", Template));
        await ExpectAsync(
            "ValidationError",
            "Member must satisfy regular expression pattern",
            "CreateStack",
            ("StackName", "1_"),
            ("TemplateBody", Template)
        );
        await ExpectAsync(
            "ValidationError",
            "At least one Resources member must be defined",
            "CreateStack",
            ("StackName", "two"),
            ("TemplateBody", SdkHost.EmptyTemplate)
        );
        await ExpectAsync(
            "ValidationError",
            "[AWS::Unheard::Of]",
            "CreateStack",
            ("StackName", "two"),
            ("TemplateBody", """{"Resources":{"A":{"Type":"AWS::Unheard::Of"}}}""")
        );
        await ExpectAsync(
            "ValidationError",
            "does not serve RoleARN of CreateStack",
            "CreateStack",
            ("StackName", "two"),
            ("TemplateBody", Template),
            ("RoleARN", "arn")
        );
        await ExpectAsync(
            "InsufficientCapabilitiesException",
            "Requires capabilities : [CAPABILITY_IAM]",
            "CreateStack",
            ("StackName", "two"),
            ("TemplateBody", TestHost.Template())
        );
        await ExpectAsync(
            "InvalidAction",
            "The operation cloudformation:DetectStackDrift is not served",
            "DetectStackDrift",
            ("StackName", "one")
        );
        await ExpectAsync("ValidationError", "Stack with id two does not exist", "DescribeStacks", ("StackName", "two"));
    }

    [Fact]
    public async Task Resources_AndTemplate_AreDescribed()
    {
        await CallAsync("CreateStack", ("StackName", "one"), ("TemplateBody", Template));

        var listed = (await CallAsync("ListStackResources", ("StackName", "one")))
            .Descendants("member")
            .Select(member => Text(member, "ResourceType"));
        var described = await CallAsync("DescribeStackResources", ("StackName", "one"), ("LogicalResourceId", "Queue"));
        var template = await CallAsync("GetTemplate", ("StackName", "one"));
        var summary = await CallAsync("ValidateTemplate", ("TemplateBody", Template));

        Assert.Equal(["AWS::SQS::Queue", "AWS::Logs::LogGroup"], listed);
        Assert.Contains("/one-Queue-", Text(described, "PhysicalResourceId"), StringComparison.Ordinal);
        Assert.Equal(Template, Text(template, "TemplateBody"));
        Assert.Equal(("Seconds", "30"), (Text(summary, "ParameterKey"), Text(summary, "DefaultValue")));
    }

    [Fact]
    public async Task ChangeSet_OfAReplacement_SaysSoAndIsExecuted()
    {
        await CallAsync("CreateStack", ("StackName", "one"), ("TemplateBody", Template));
        var fifo = Template.Replace("\"VisibilityTimeout\"", "\"FifoQueue\": true, \"VisibilityTimeout\"", StringComparison.Ordinal);

        await CallAsync("CreateChangeSet", ("StackName", "one"), ("ChangeSetName", "set"), ("TemplateBody", fifo));
        var planned = await CallAsync("DescribeChangeSet", ("StackName", "one"), ("ChangeSetName", "set"));
        Assert.Equal(
            ("Modify", "Queue", "True"),
            (Text(planned, "Action"), Text(planned, "LogicalResourceId"), Text(planned, "Replacement"))
        );
        await CallAsync("ExecuteChangeSet", ("StackName", "one"), ("ChangeSetName", "set"));

        Assert.EndsWith(".fifo", Text(await StackAsync("one"), "OutputValue"), StringComparison.Ordinal);
        await CallAsync("CreateChangeSet", ("StackName", "one"), ("ChangeSetName", "same"), ("TemplateBody", fifo));
        var same = await CallAsync("DescribeChangeSet", ("StackName", "one"), ("ChangeSetName", "same"));
        Assert.Equal("FAILED", Text(same, "Status"));
        Assert.StartsWith("The submitted information didn't contain changes.", Text(same, "StatusReason"), StringComparison.Ordinal);
        await ExpectAsync(
            "InvalidChangeSetStatus",
            "cannot be executed",
            "ExecuteChangeSet",
            ("StackName", "one"),
            ("ChangeSetName", "same")
        );
        await ExpectAsync("ChangeSetNotFound", "does not exist", "DescribeChangeSet", ("StackName", "one"), ("ChangeSetName", "none"));
    }

    [Fact]
    public async Task HostsOwnStack_IsThere_AndAllStacksSurviveARestart()
    {
        await CallAsync("CreateStack", ("StackName", "one"), ("TemplateBody", Template));

        host = await host.RestartAsync(TestHost.Template());

        var names = (await CallAsync("DescribeStacks")).Descendants("StackName").Select(name => name.Value);
        Assert.Equal(["one", "Stack"], names);
        var role = await CallAsync("DescribeStackResource", ("StackName", "Stack"), ("LogicalResourceId", "WorkflowRole"));
        Assert.Equal("CREATE_COMPLETE", Text(role, "ResourceStatus"));
    }

    [Fact]
    public async Task Caller_WithoutRightsOverWhatTheTemplateMakes_IsRefused()
    {
        await CallAsync(
            "CreateStack",
            ("StackName", "roles"),
            ("TemplateBody", Deployer),
            ("Capabilities.member.1", "CAPABILITY_NAMED_IAM")
        );

        var refusal = await Assert.ThrowsAsync<QueryCallException>(() =>
            QueryClient.Of(host, "deployer").CallAsync("cloudformation", "CreateStack", ("StackName", "one"), ("TemplateBody", Template))
        );

        Assert.Equal((403, "AccessDenied"), (refusal.Status, refusal.Code));
        Assert.Contains("is not authorized to perform: logs:*", refusal.Reason, StringComparison.Ordinal);
    }

    private const string Deployer = """
        { "Resources": { "Role": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "deployer",
          "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": { "Service": "lambda.amazonaws.com" } } ] },
          "Policies": [ { "PolicyName": "p", "PolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": [ "cloudformation:*",
            "sqs:*" ], "Resource": "*" } ] } } ] } } } }
        """;

    private async Task<string> TimeoutAsync(string url) =>
        (
            await host.CallAsync(
                "sqs",
                "GetQueueAttributes",
                new JsonObject { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("VisibilityTimeout") }
            )
        )["Attributes"]!["VisibilityTimeout"]!.ToString();

    private async Task<XElement> StackAsync(string name) => await CallAsync("DescribeStacks", ("StackName", name));

    private Task<XElement> CallAsync(string action, params (string, string)[] parameters) =>
        QueryClient.Of(host).CallAsync("cloudformation", action, parameters);

    private async Task ExpectAsync(string code, string reason, string action, params (string, string)[] parameters)
    {
        var refusal = await Assert.ThrowsAsync<QueryCallException>(() => CallAsync(action, parameters));
        Assert.Equal(code, refusal.Code);
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
    }

    private static string Text(XElement element, string name) => element.DescendantsAndSelf(name).First().Value;
}
