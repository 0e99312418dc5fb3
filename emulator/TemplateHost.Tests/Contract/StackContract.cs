using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>What CloudFormation promises: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/.</summary>
[DisplayName("CloudFormation")]
public sealed class StackContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Stack_Created_IsDescribedWithItsOutputs(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                var made = await CreateAsync(aws, Template("30"));
                var stack = await DescribeAsync(aws);

                Assert.Equal(
                    ("CREATE_COMPLETE", "a queue", made.Text("StackId")),
                    (Text(stack, "StackStatus"), Text(stack, "Description"), Text(stack, "StackId"))
                );
                Assert.Matches("^arn:aws:cloudformation:us-east-1:[0-9]{12}:stack/one/[0-9a-f-]{36}$", made.Text("StackId"));
                var output = Assert.Single(stack["Outputs"]!.AsArray())!;
                Assert.Equal(("Url", "where"), (Text(output, "OutputKey"), Text(output, "Description")));
                Assert.Contains("/one-Queue-", Text(output, "OutputValue"), StringComparison.Ordinal);
            }
        );

    [Theory, OnEachTarget]
    public Task Update_InPlace_KeepsTheResource(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                await CreateAsync(aws, Template("30"));
                var before = await QueueAsync(aws);

                await aws.CallAsync("cloudformation", "UpdateStack", new() { ["StackName"] = "one", ["TemplateBody"] = Template("60") });

                Assert.Equal("UPDATE_COMPLETE", Text(await DescribeAsync(aws), "StackStatus"));
                Assert.Equal((before, "60"), (await QueueAsync(aws), await TimeoutAsync(aws, before)));
            }
        );

    [Theory, OnEachTarget]
    public Task Update_ThatReplaces_MakesAnotherAndDeletesTheOld(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                await CreateAsync(aws, Template("30"));
                var before = await QueueAsync(aws);

                await aws.CallAsync(
                    "cloudformation",
                    "UpdateStack",
                    new() { ["StackName"] = "one", ["TemplateBody"] = Template("30", "\"FifoQueue\": true, ") }
                );

                var after = await QueueAsync(aws);
                Assert.EndsWith(".fifo", after, StringComparison.Ordinal);
                var gone = await aws.CallAsync("sqs", "GetQueueAttributes", new JsonObject { ["QueueUrl"] = before });
                Assert.Equal("AWS.SimpleQueueService.NonExistentQueue", gone.Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Update_WithoutChanges_IsRefused(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                await CreateAsync(aws, Template("30"));

                var refused = await aws.CallAsync(
                    "cloudformation",
                    "UpdateStack",
                    new() { ["StackName"] = "one", ["TemplateBody"] = Template("30") }
                );

                Assert.Equal(("ValidationError", "No updates are to be performed."), (refused.Code, refused.Message));
            }
        );

    [Theory, OnEachTarget]
    public Task Creation_ThatFails_IsRolledBack(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                await CreateAsync(aws, Template("99999999"));

                Assert.Equal("ROLLBACK_COMPLETE", Text(await DescribeAsync(aws), "StackStatus"));
                Assert.Empty((await aws.CallAsync("sqs", "ListQueues", []))["QueueUrls"]?.AsArray() ?? []);
            }
        );

    [Theory, OnEachTarget]
    public Task Deletion_TakesTheResourcesWithIt(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                var id = (await CreateAsync(aws, Template("30"))).Text("StackId");

                await aws.CallAsync("cloudformation", "DeleteStack", new() { ["StackName"] = "one" });

                var gone = await aws.CallAsync("cloudformation", "DescribeStacks", new() { ["StackName"] = "one" });
                Assert.Equal(("ValidationError", "Stack with id one does not exist"), (gone.Code, gone.Message));
                Assert.Equal(
                    "DELETE_COMPLETE",
                    Text(
                        (await aws.CallAsync("cloudformation", "DescribeStacks", new() { ["StackName"] = id }))["Stacks"]![0]!,
                        "StackStatus"
                    )
                );
                Assert.Empty((await aws.CallAsync("sqs", "ListQueues", []))["QueueUrls"]?.AsArray() ?? []);
            }
        );

    [Theory, OnEachTarget]
    public Task Events_TellOfEveryResource(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                await CreateAsync(aws, Template("30"));

                var events = (await aws.CallAsync("cloudformation", "DescribeStackEvents", new() { ["StackName"] = "one" }))["StackEvents"]!
                    .AsArray()
                    .Select(line => $"{Text(line!, "LogicalResourceId")} {Text(line!, "ResourceStatus")}")
                    .Reverse();

                Assert.Equal(
                    ["one CREATE_IN_PROGRESS", "Queue CREATE_IN_PROGRESS", "Queue CREATE_COMPLETE", "one CREATE_COMPLETE"],
                    events
                );
            }
        );

    [Theory, OnEachTarget]
    public Task ChangeSet_IsMadeShownAndExecuted(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                await CreateAsync(aws, Template("30"));
                var change = new JsonObject { ["StackName"] = "one", ["ChangeSetName"] = "set" };
                await aws.CallAsync(
                    "cloudformation",
                    "CreateChangeSet",
                    new(change.DeepClone().AsObject().Append(new("TemplateBody", Template("60"))).Select(Copy))
                );

                var planned = (await aws.CallAsync("cloudformation", "DescribeChangeSet", change))["Changes"]![0]!["ResourceChange"]!;
                await aws.CallAsync("cloudformation", "ExecuteChangeSet", change);

                Assert.Equal(
                    ("Modify", "Queue", "False"),
                    (Text(planned, "Action"), Text(planned, "LogicalResourceId"), Text(planned, "Replacement"))
                );
                Assert.Equal("60", await TimeoutAsync(aws, await QueueAsync(aws)));
            }
        );

    [Theory, OnEachTarget]
    public Task Template_ThatRefersToNothing_IsRefused(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                var refused = await CreateAsync(
                    aws,
                    """{"Resources":{"A":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Ref":"B"}}}}}"""
                );

                Assert.Equal(
                    (
                        "ValidationError",
                        "Template format error: Unresolved resource dependencies [B] in the Resources block of the template"
                    ),
                    (refused.Code, refused.Message)
                );
                Assert.Equal(
                    "ValidationError",
                    (await aws.CallAsync("cloudformation", "DescribeStacks", new() { ["StackName"] = "one" })).Code
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Template_WithACycle_IsRefused(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                var refused = await CreateAsync(
                    aws,
                    """{"Resources":{"A":{"Type":"AWS::SQS::Queue","DependsOn":"B"},"B":{"Type":"AWS::SQS::Queue","DependsOn":"A"}}}"""
                );

                Assert.Equal(("ValidationError", "Circular dependency between resources: [A, B]"), (refused.Code, refused.Message));
            }
        );

    [Theory, OnEachTarget]
    public Task Template_OfAnUnknownType_IsRefused(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                var refused = await CreateAsync(aws, """{"Resources":{"A":{"Type":"AWS::Unheard::Of"}}}""");

                Assert.Equal("ValidationError", refused.Code);
                Assert.Contains("Unrecognized resource types: [AWS::Unheard::Of]", refused.Message, StringComparison.Ordinal);
            }
        );

    [Theory, OnEachTarget]
    public Task Template_OfRoles_DemandsTheCapability(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                var refused = await CreateAsync(
                    aws,
                    """
                    {"Resources":{"R":{"Type":"AWS::IAM::Role","Properties":{"AssumeRolePolicyDocument":{"Version":"2012-10-17",
                      "Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
                      "Principal":{"Service":"lambda.amazonaws.com"}}]}}}}}
                    """
                );

                Assert.Equal(
                    ("InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_IAM]"),
                    (refused.Code, refused.Message)
                );
            }
        );

    private static Task<ContractAnswer> CreateAsync(IContractTarget aws, string template) =>
        aws.CallAsync("cloudformation", "CreateStack", new() { ["StackName"] = "one", ["TemplateBody"] = template });

    private static async Task<JsonNode> DescribeAsync(IContractTarget aws) =>
        (await aws.CallAsync("cloudformation", "DescribeStacks", new() { ["StackName"] = "one" }))["Stacks"]![0]!;

    private static async Task<string> QueueAsync(IContractTarget aws) => Text((await DescribeAsync(aws))["Outputs"]![0]!, "OutputValue");

    private static async Task<string> TimeoutAsync(IContractTarget aws, string url) =>
        (
            await aws.CallAsync(
                "sqs",
                "GetQueueAttributes",
                new JsonObject { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("VisibilityTimeout") }
            )
        )["Attributes"]!["VisibilityTimeout"]!.ToString();

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> member) =>
        new(member.Key, member.Value?.DeepClone());

    private static string Text(JsonNode node, string member) => node[member]!.ToString();

    private static string Template(string seconds, string more = "") =>
        $$"""
            { "Description": "a queue", "Resources": { "Queue": { "Type": "AWS::SQS::Queue",
              "Properties": { {{more}}"VisibilityTimeout": {{seconds}} } } },
              "Outputs": { "Url": { "Value": { "Ref": "Queue" }, "Description": "where" } } }
            """;
}
