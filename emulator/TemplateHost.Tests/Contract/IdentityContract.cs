using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>What IAM promises: https://docs.aws.amazon.com/IAM/latest/APIReference/.</summary>
[DisplayName("IAM")]
public sealed class IdentityContract(ContractTargets targets) : ServiceContract(targets)
{
    private const string Trust = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
          "Principal":{"Service":"lambda.amazonaws.com"}}]}
        """;
    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""";

    [Theory, OnEachTarget]
    public Task Role_Created_IsDescribed(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                var made = (await CreateRoleAsync(aws))["Role"]!;
                var got = (await aws.CallAsync("iam", "GetRole", new() { ["RoleName"] = "r" }))["Role"]!;

                Assert.Matches("^arn:aws:iam::[0-9]{12}:role/p/r$", Text(made, "Arn"));
                Assert.StartsWith("AROA", Text(made, "RoleId"), StringComparison.Ordinal);
                Assert.Equal(
                    (Text(made, "Arn"), Text(made, "RoleId"), "3600"),
                    (Text(got, "Arn"), Text(got, "RoleId"), Text(got, "MaxSessionDuration"))
                );
            }
        );

    [Theory, OnEachTarget]
    public Task RolePolicy_PutReadDeleted_IsGone(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                await CreateRoleAsync(aws);
                var name = new JsonObject { ["RoleName"] = "r", ["PolicyName"] = "inline" };
                await aws.CallAsync(
                    "iam",
                    "PutRolePolicy",
                    new(name.DeepClone().AsObject().Append(new("PolicyDocument", Policy)).Select(Copy))
                );

                Assert.Equal(
                    ["inline"],
                    (await aws.CallAsync("iam", "ListRolePolicies", new() { ["RoleName"] = "r" }))["PolicyNames"]!
                        .AsArray()
                        .Select(text => text!.ToString())
                );
                Assert.Contains(
                    "s3:GetObject",
                    Uri.UnescapeDataString((await aws.CallAsync("iam", "GetRolePolicy", name))["PolicyDocument"]!.ToString()),
                    StringComparison.Ordinal
                );
                Assert.Equal("DeleteConflict", (await aws.CallAsync("iam", "DeleteRole", new() { ["RoleName"] = "r" })).Code);
                await aws.CallAsync("iam", "DeleteRolePolicy", name);
                Assert.Equal("NoSuchEntity", (await aws.CallAsync("iam", "GetRolePolicy", name)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task ManagedPolicy_AttachedAndDetached_IsCounted(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                await CreateRoleAsync(aws);
                var arn = (await aws.CallAsync("iam", "CreatePolicy", new() { ["PolicyName"] = "m", ["PolicyDocument"] = Policy }))[
                    "Policy"
                ]!["Arn"]!.ToString();
                var attachment = new JsonObject { ["RoleName"] = "r", ["PolicyArn"] = arn };
                await aws.CallAsync("iam", "AttachRolePolicy", attachment);

                var policy = (await aws.CallAsync("iam", "GetPolicy", new() { ["PolicyArn"] = arn }))["Policy"]!;
                Assert.Equal(("1", "v1"), (Text(policy, "AttachmentCount"), Text(policy, "DefaultVersionId")));
                Assert.Equal(
                    arn,
                    Text(
                        (await aws.CallAsync("iam", "ListAttachedRolePolicies", new() { ["RoleName"] = "r" }))["AttachedPolicies"]![0]!,
                        "PolicyArn"
                    )
                );
                Assert.Equal("DeleteConflict", (await aws.CallAsync("iam", "DeletePolicy", new() { ["PolicyArn"] = arn })).Code);
                await aws.CallAsync("iam", "DetachRolePolicy", attachment);
                await aws.CallAsync("iam", "DeletePolicy", new() { ["PolicyArn"] = arn });
                Assert.Equal("NoSuchEntity", (await aws.CallAsync("iam", "GetPolicy", new() { ["PolicyArn"] = arn })).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Role_ThatIsThereOrIsNot_IsRefused(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                await CreateRoleAsync(aws);

                var (taken, missing) = (
                    await CreateRoleAsync(aws),
                    await aws.CallAsync("iam", "GetRole", new() { ["RoleName"] = "nobody" })
                );

                Assert.Equal(("EntityAlreadyExists", "Role with name r already exists."), (taken.Code, taken.Message));
                Assert.Equal("NoSuchEntity", missing.Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Policy_WithoutActions_IsMalformed(string on) =>
        HoldMalformedAsync(
            on,
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*"}]}""",
            "Policy statement must contain actions."
        );

    [Theory, OnEachTarget]
    public Task Policy_WithoutResources_IsMalformed(string on) =>
        HoldMalformedAsync(
            on,
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject"}]}""",
            "Policy statement must contain resources."
        );

    [Theory, OnEachTarget]
    public Task Policy_WithAPrincipal_IsMalformed(string on) =>
        HoldMalformedAsync(
            on,
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Principal":"*"}]}""",
            "Policy document should not specify a principal."
        );

    [Theory, OnEachTarget]
    public Task Policy_OfAnUnknownOperator_IsMalformed(string on) =>
        HoldMalformedAsync(
            on,
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*",
              "Condition":{"StringAlmost":{"aws:userid":"b"}}}]}
            """,
            ""
        );

    private Task HoldMalformedAsync(
        string on,
        string document,
        string reason,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) =>
        HoldAsync(
            on,
            async aws =>
            {
                var refused = await aws.CallAsync("iam", "CreatePolicy", new() { ["PolicyName"] = "p", ["PolicyDocument"] = document });

                Assert.Equal("MalformedPolicyDocument", refused.Code);
                Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
            },
            name
        );

    private static Task<ContractAnswer> CreateRoleAsync(IContractTarget aws) =>
        aws.CallAsync(
            "iam",
            "CreateRole",
            new()
            {
                ["RoleName"] = "r",
                ["Path"] = "/p/",
                ["AssumeRolePolicyDocument"] = Trust,
            }
        );

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> member) =>
        new(member.Key, member.Value?.DeepClone());

    private static string Text(JsonNode node, string member) => node[member]!.ToString();
}
