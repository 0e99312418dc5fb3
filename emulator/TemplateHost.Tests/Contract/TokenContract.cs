using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>What STS promises: https://docs.aws.amazon.com/STS/latest/APIReference/.</summary>
[DisplayName("STS")]
public sealed class TokenContract(ContractTargets targets) : ServiceContract(targets)
{
    private const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"*"}}]}""";

    [Theory, OnEachTarget]
    public Task CallerIdentity_NamesAccountAndPrincipal(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                var identity = await aws.CallAsync("sts", "GetCallerIdentity", []);

                Assert.Matches("^[0-9]{12}$", identity.Text("Account"));
                Assert.StartsWith("arn:aws:", identity.Text("Arn"), StringComparison.Ordinal);
                Assert.NotEqual("", identity.Text("UserId"));
            }
        );

    [Theory, OnEachTarget]
    public Task Role_Assumed_GivesCredentialsOfASession(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                var answer = await AssumeAsync(aws, []);

                Assert.StartsWith("ASIA", answer["Credentials"]!["AccessKeyId"]!.ToString(), StringComparison.Ordinal);
                Assert.EndsWith(":assumed-role/r/session", answer["AssumedRoleUser"]!["Arn"]!.ToString(), StringComparison.Ordinal);
                Assert.Matches("^AROA[A-Z0-9]+:session$", answer["AssumedRoleUser"]!["AssumedRoleId"]!.ToString());
            }
        );

    [Theory, OnEachTarget]
    public Task Session_LongerThanTheRoleAllows_IsRefused(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                var refused = await AssumeAsync(aws, new() { ["DurationSeconds"] = 7200 });

                Assert.Equal(
                    ("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
                    (refused.Code, refused.Message)
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Session_ShorterThanAQuarterOfAnHour_IsRefused(string on) =>
        HoldAsync(
            on,
            async aws =>
            {
                var refused = await AssumeAsync(aws, new() { ["DurationSeconds"] = 899 });

                Assert.Equal("ValidationError", refused.Code);
                Assert.Contains("Member must have value greater than or equal to 900", refused.Message, StringComparison.Ordinal);
            }
        );

    [Theory, OnEachTarget]
    public Task SessionPolicy_ThatIsMalformed_IsRefused(string on) =>
        HoldAsync(on, async aws => Assert.Equal("MalformedPolicyDocument", (await AssumeAsync(aws, new() { ["Policy"] = "{}" })).Code));

    [Theory, OnEachTarget]
    public Task Role_ThatIsNot_IsDenied(string on) =>
        HoldAsync(
            on,
            async aws =>
                Assert.Equal(
                    "AccessDenied",
                    (
                        await aws.CallAsync(
                            "sts",
                            "AssumeRole",
                            new()
                            {
                                ["RoleArn"] = aws.RoleArn[..aws.RoleArn.IndexOf("role/", StringComparison.Ordinal)] + "role/nobody",
                                ["RoleSessionName"] = "session",
                            }
                        )
                    ).Code
                )
        );

    private static async Task<ContractAnswer> AssumeAsync(IContractTarget aws, JsonObject more)
    {
        var role = (await aws.CallAsync("iam", "CreateRole", new() { ["RoleName"] = "r", ["AssumeRolePolicyDocument"] = Trust }))["Role"]!;
        more["RoleArn"] = role["Arn"]!.ToString();
        more["RoleSessionName"] = "session";
        return await aws.CallAsync("sts", "AssumeRole", more);
    }
}
