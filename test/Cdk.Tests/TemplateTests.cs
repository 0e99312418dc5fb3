using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Cdk.Tests;

public sealed class TemplateTests
{
    public static TheoryData<string> Stages => ["dev", "prod"];

    [Theory]
    [MemberData(nameof(Stages))]
    public void Policies_EveryStatement_NamesActionsOneByOne(string stage)
    {
        foreach (var (policy, statement) in new Template(stage).IdentityStatements())
        {
            var actions = statement["Action"] is JsonArray list
                ? list.Select(action => action!.GetValue<string>())
                : [statement["Action"]!.GetValue<string>()];
            Assert.All(actions, action => Assert.False(action.Contains('*', StringComparison.Ordinal), $"{policy} allows {action}"));
        }
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void Policies_AnyResource_OnlyWhereATagIsAskedFor(string stage)
    {
        // Deliveries of logs have no resources of their own: whoever may make one may make them all.
        var unbounded = new Template(stage)
            .IdentityStatements()
            .Where(entry => entry.Statement["Resource"]!.ToJsonString() == "\"*\"")
            .Where(entry => !entry.Statement["Action"]!.ToJsonString().Contains("logs:CreateLogDelivery", StringComparison.Ordinal))
            .ToList();
        // The prod stage holds no keys for parties, and so makes none.
        Assert.Equal(stage == "dev" ? 1 : 0, unbounded.Count);
        Assert.All(
            unbounded,
            entry =>
                Assert.Contains(
                    "aws:RequestTag/fairshare:held-for-stage",
                    entry.Statement["Condition"]!.ToJsonString(),
                    StringComparison.Ordinal
                )
        );
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void Policies_EveryRightToTheTable_NamesItsPartitions(string stage)
    {
        var rights = new Template(stage)
            .IdentityStatements()
            .Where(entry => entry.Statement["Action"]!.ToJsonString().Contains("dynamodb:", StringComparison.Ordinal))
            .Where(entry => !entry.Statement["Resource"]!.ToJsonString().Contains("/index/", StringComparison.Ordinal))
            .Where(entry => entry.Statement["Action"]!.ToJsonString() != "\"dynamodb:DescribeTable\"")
            .ToList();
        Assert.NotEmpty(rights);
        Assert.All(
            rights,
            entry =>
            {
                Assert.NotNull(entry.Statement["Condition"]!["ForAllValues:StringLike"]!["dynamodb:LeadingKeys"]);
                // Of no values all are anything: without this, what names no key would pass.
                Assert.Equal("false", entry.Statement["Condition"]!["Null"]!["dynamodb:LeadingKeys"]!.GetValue<string>());
            }
        );
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void HeldKeys_Stage_SaysWhetherThereAreAny(string stage)
    {
        var settings = new Template(stage)
            .Of("AWS::Lambda::Function")
            .Select(function => function.Resource["Properties"]!["Environment"]?["Variables"]?["FAIRSHARE_HELD_KEYS"]?.GetValue<string>())
            .OfType<string>()
            .ToList();
        Assert.Equal(3, settings.Count);
        Assert.All(settings, setting => Assert.Equal(stage == "dev" ? "on" : "off", setting));
    }

    [Theory]
    [InlineData("dev", "ALLOW_USER_PASSWORD_AUTH ALLOW_USER_SRP_AUTH ALLOW_REFRESH_TOKEN_AUTH")]
    [InlineData("prod", "ALLOW_USER_SRP_AUTH ALLOW_REFRESH_TOKEN_AUTH")]
    public void UserPoolClient_Stage_TakesPasswordsOnlyInDev(string stage, string flows)
    {
        var (_, client) = Assert.Single(new Template(stage).Of("AWS::Cognito::UserPoolClient"));
        Assert.Equal(flows.Split(' '), client["Properties"]!["ExplicitAuthFlows"]!.AsArray().Select(flow => flow!.GetValue<string>()));
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void UserPool_Always_OffersAuthenticatorsAndNoSms(string stage)
    {
        var (_, pool) = Assert.Single(new Template(stage).Of("AWS::Cognito::UserPool"));
        Assert.Equal("OPTIONAL", pool["Properties"]!["MfaConfiguration"]!.GetValue<string>());
        Assert.Equal("SOFTWARE_TOKEN_MFA", Assert.Single(pool["Properties"]!["EnabledMfas"]!.AsArray())!.GetValue<string>());
        Assert.Null(pool["Properties"]!["SmsConfiguration"]);
        Assert.Null(pool["Properties"]!["EmailConfiguration"]);
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void EvidenceTable_Always_IsEncryptedRecoverableAndRetained(string stage)
    {
        var (_, table) = Assert.Single(new Template(stage).Of("AWS::DynamoDB::Table"));
        Assert.True(table["Properties"]!["SSESpecification"]!["SSEEnabled"]!.GetValue<bool>());
        Assert.True(table["Properties"]!["PointInTimeRecoverySpecification"]!["PointInTimeRecoveryEnabled"]!.GetValue<bool>());
        Assert.Equal("Retain", table["DeletionPolicy"]!.GetValue<string>());
        Assert.Equal(stage == "prod", table["Properties"]!["DeletionProtectionEnabled"]!.GetValue<bool>());
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void DocumentBucket_Always_IsPrivateVersionedAndRetained(string stage)
    {
        var (_, bucket) = Assert.Single(new Template(stage).Of("AWS::S3::Bucket"));
        Assert.All(
            bucket["Properties"]!["PublicAccessBlockConfiguration"]!.AsObject(),
            block => Assert.True(block.Value!.GetValue<bool>())
        );
        Assert.Equal("Enabled", bucket["Properties"]!["VersioningConfiguration"]!["Status"]!.GetValue<string>());
        Assert.Equal("Retain", bucket["DeletionPolicy"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void SealKey_Always_SignsOnP256AndIsRetained(string stage)
    {
        var (_, key) = Assert.Single(new Template(stage).Of("AWS::KMS::Key"));
        Assert.Equal("ECC_NIST_P256", key["Properties"]!["KeySpec"]!.GetValue<string>());
        Assert.Equal("SIGN_VERIFY", key["Properties"]!["KeyUsage"]!.GetValue<string>());
        Assert.Equal("Retain", key["DeletionPolicy"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void Queues_EveryOne_IsEncryptedAndDeniesPlainTransport(string stage)
    {
        var template = new Template(stage);
        var queues = template.Of("AWS::SQS::Queue").ToList();
        Assert.NotEmpty(queues);
        Assert.All(queues, queue => Assert.True(queue.Resource["Properties"]!["SqsManagedSseEnabled"]!.GetValue<bool>()));
        var policies = template.Of("AWS::SQS::QueuePolicy").ToList();
        Assert.Equal(queues.Count, policies.Count);
        Assert.All(policies, policy => Assert.Contains("aws:SecureTransport", policy.Resource.ToJsonString(), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void LogGroups_EveryOne_ForgetsInTime(string stage)
    {
        var groups = new Template(stage).Of("AWS::Logs::LogGroup").ToList();
        Assert.NotEmpty(groups);
        Assert.All(
            groups,
            group => Assert.Equal(stage == "prod" ? 365 : 7, group.Resource["Properties"]!["RetentionInDays"]!.GetValue<int>())
        );
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void Routes_EveryOneButTheDescription_AsksForAToken(string stage)
    {
        foreach (var (_, route) in new Template(stage).Of("AWS::ApiGatewayV2::Route"))
        {
            var isPublic = route["Properties"]!["RouteKey"]!.GetValue<string>() == "GET /.well-known/fairshare";
            Assert.Equal(isPublic ? "NONE" : "JWT", route["Properties"]!["AuthorizationType"]!.GetValue<string>());
        }
    }
}
