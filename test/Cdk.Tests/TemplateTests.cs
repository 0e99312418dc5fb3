using System.Reflection;
using System.Text.Json.Nodes;
using FairShare.Contracts.Http;
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
        // Deliveries of logs have no resources of their own: whoever may make one may make them all. Nor have the list of streams and
        // traces.
        var unbounded = new Template(stage)
            .IdentityStatements()
            .Where(entry => entry.Statement["Resource"]!.ToJsonString() == "\"*\"")
            .Where(entry => !entry.Statement["Action"]!.ToJsonString().Contains("logs:CreateLogDelivery", StringComparison.Ordinal))
            .Where(entry => entry.Statement["Action"]!.ToJsonString() != "\"dynamodb:ListStreams\"")
            .Where(entry => !entry.Statement["Action"]!.ToJsonString().Contains("xray:PutTraceSegments", StringComparison.Ordinal))
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
            .Where(entry => !entry.Statement["Resource"]!.ToJsonString().Contains("StreamArn", StringComparison.Ordinal))
            .Where(entry => entry.Statement["Action"]!.ToJsonString() != "\"dynamodb:ListStreams\"")
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
        var table = new Template(stage).Named("AWS::DynamoDB::Table", "Evidence");
        Assert.True(table["Properties"]!["SSESpecification"]!["SSEEnabled"]!.GetValue<bool>());
        Assert.True(table["Properties"]!["PointInTimeRecoverySpecification"]!["PointInTimeRecoveryEnabled"]!.GetValue<bool>());
        Assert.Equal("Retain", table["DeletionPolicy"]!.GetValue<string>());
        Assert.Equal(stage == "prod", table["Properties"]!["DeletionProtectionEnabled"]!.GetValue<bool>());
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void DocumentBucket_Always_IsPrivateVersionedAndRetained(string stage)
    {
        var bucket = new Template(stage).Named("AWS::S3::Bucket", "Documents");
        Assert.All(
            bucket["Properties"]!["PublicAccessBlockConfiguration"]!.AsObject(),
            block => Assert.True(block.Value!.GetValue<bool>())
        );
        Assert.Equal("Enabled", bucket["Properties"]!["VersioningConfiguration"]!["Status"]!.GetValue<string>());
        Assert.Equal("Retain", bucket["DeletionPolicy"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void SigningKeys_Always_SignAndAreRetained(string stage)
    {
        RequireSigning(new Template(stage).Named("AWS::KMS::Key", "KeysSeal"), "ECC_NIST_P256");
        RequireSigning(new Template(stage).Named("AWS::KMS::Key", "Timestamps"), "ECC_NIST_P256");
        RequireSigning(new Template(stage).Named("AWS::KMS::Key", "LogKey"), "ECC_NIST_EDWARDS25519");
        Assert.Equal(4, new Template(stage).Of("AWS::KMS::Key").Count());
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void WebhookKey_Always_DerivesAndIsRetained(string stage)
    {
        var key = new Template(stage).Named("AWS::KMS::Key", "WebhooksSecrets");
        Assert.Equal("HMAC_256", key["Properties"]!["KeySpec"]!.GetValue<string>());
        Assert.Equal("GENERATE_VERIFY_MAC", key["Properties"]!["KeyUsage"]!.GetValue<string>());
        Assert.Equal("Retain", key["DeletionPolicy"]!.GetValue<string>());
    }

    private static void RequireSigning(JsonObject key, string spec)
    {
        Assert.Equal(spec, key["Properties"]!["KeySpec"]!.GetValue<string>());
        Assert.Equal("SIGN_VERIFY", key["Properties"]!["KeyUsage"]!.GetValue<string>());
        Assert.Equal("Retain", key["DeletionPolicy"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void LogStream_Always_HandsOverNewEvidenceInBatchesOfAMinute(string stage)
    {
        var properties = new Template(stage).Named("AWS::Lambda::EventSourceMapping", "SequenceLog")["Properties"]!;
        Assert.Equal(60, properties["MaximumBatchingWindowInSeconds"]!.GetValue<int>());
        // A record is never given up: what is not entered stops what comes after it.
        Assert.Null(properties["MaximumRetryAttempts"]);
        Assert.Null(properties["MaximumRecordAgeInSeconds"]);
        Assert.Equal(
            """{"eventName":["INSERT"],"dynamodb":{"Keys":{"sk":{"S":["DEPOSIT","EXCHANGE","ENDING","WITHDRAWAL",{"prefix":"KEY#"}]}}}}""",
            Assert.Single(properties["FilterCriteria"]!["Filters"]!.AsArray())!["Pattern"]!.GetValue<string>()
        );
    }

    [Theory]
    [InlineData("dev", "GOVERNANCE=1")]
    [InlineData("prod", "COMPLIANCE=3653")]
    public void LogBucket_OfAStage_IsLockedAsItSays(string stage, string retention)
    {
        Assert.True(new Template(stage).Named("AWS::S3::Bucket", "LogObjects")["Properties"]!["ObjectLockEnabled"]!.GetValue<bool>());
        var sequencer = new Template(stage)
            .Of("AWS::Lambda::Function")
            .Single(function => function.Resource["Properties"]!["Handler"]!.GetValue<string>() == "SequenceLog");
        Assert.Equal(
            retention,
            sequencer.Resource["Properties"]!["Environment"]!["Variables"]!["FAIRSHARE_LOG_RETENTION"]!.GetValue<string>()
        );
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
    public void Routes_EveryOneThatIsNotPublic_AsksForAToken(string stage)
    {
        // Which those are is held in test/Contracts.Tests.
        var open = typeof(Route)
            .Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Routes", StringComparison.Ordinal))
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Select(property => (Route)property.GetValue(null)!)
            .Where(route => route.IsPublic)
            .Select(route => $"{route.Method.Method} {route.Path}")
            // What no route takes is refused without asking who calls.
            .Append("$default")
            .ToHashSet();
        foreach (var (_, route) in new Template(stage).Of("AWS::ApiGatewayV2::Route"))
        {
            var isPublic = open.Contains(route["Properties"]!["RouteKey"]!.GetValue<string>());
            Assert.Equal(isPublic ? "NONE" : "JWT", route["Properties"]!["AuthorizationType"]!.GetValue<string>());
        }
    }
}
