using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>What the template makes of the vault.</summary>
public sealed class VaultTemplateTests
{
    public static TheoryData<string> Stages => ["dev", "prod"];

    [Theory]
    [MemberData(nameof(Stages))]
    public void VaultTable_Always_ForgetsWhatIsErased(string stage)
    {
        var properties = new Template(stage).Named("AWS::DynamoDB::Table", "Vault")["Properties"]!;
        Assert.False(properties["PointInTimeRecoverySpecification"]?["PointInTimeRecoveryEnabled"]?.GetValue<bool>() ?? false);
        Assert.Equal("KEYS_ONLY", properties["StreamSpecification"]!["StreamViewType"]!.GetValue<string>());
        Assert.True(properties["TimeToLiveSpecification"]!["Enabled"]!.GetValue<bool>());
        Assert.True(properties["SSESpecification"]!["SSEEnabled"]!.GetValue<bool>());
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void VaultStream_Always_HandsOverRemovalsOfTimersAndTicketsAlone(string stage)
    {
        var mapping = new Template(stage).Named("AWS::Lambda::EventSourceMapping", "EraseVaultItem");
        var filter = Assert.Single(mapping["Properties"]!["FilterCriteria"]!["Filters"]!.AsArray());
        Assert.Equal(
            """{"eventName":["REMOVE"],"dynamodb":{"Keys":{"sk":{"S":["TIMER",{"prefix":"OPEN#"}]}}}}""",
            filter!["Pattern"]!.GetValue<string>()
        );
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void VaultBucket_Always_IsPrivateKeepsNoVersionsAndDropsByPrefix(string stage)
    {
        var properties = new Template(stage).Named("AWS::S3::Bucket", "Vault")["Properties"]!;
        Assert.All(properties["PublicAccessBlockConfiguration"]!.AsObject(), block => Assert.True(block.Value!.GetValue<bool>()));
        Assert.Null(properties["VersioningConfiguration"]);
        Assert.Equal(
            [("v/1/", 1), ("v/7/", 7), ("v/30/", 30), ("v/365/", 365)],
            properties["LifecycleConfiguration"]!["Rules"]!
                .AsArray()
                .Where(rule => rule!["Prefix"] is not null)
                .Select(rule => (rule!["Prefix"]!.GetValue<string>(), rule["ExpirationInDays"]!.GetValue<int>()))
        );
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void Vault_Always_IsOutOfReachOfEveryOtherFunction(string stage)
    {
        var template = new Template(stage);
        var functions = template
            .Of("AWS::Lambda::Function")
            .Where(function => function.Resource.ToJsonString().Contains("FAIRSHARE_VAULT", StringComparison.Ordinal))
            .Select(function => function.Resource["Properties"]!["Handler"]!.GetValue<string>());
        Assert.All(functions, handler => Assert.Contains("Vault", handler, StringComparison.Ordinal));
        Assert.All(
            template
                .Of("AWS::IAM::Policy")
                .Where(policy => !policy.LogicalId.Contains("Vault", StringComparison.Ordinal))
                .Select(policy => policy.Resource.ToJsonString()),
            policy => Assert.DoesNotContain("Vault", policy, StringComparison.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void AnonymousVault_Stage_IsOffAndHasNoRights(string stage)
    {
        var (_, function) = new Template(stage)
            .Of("AWS::Lambda::Function")
            .Single(entry => entry.Resource["Properties"]!["Handler"]!.GetValue<string>() == "CreateAnonymousVaultItem");
        Assert.Equal("off", function["Properties"]!["Environment"]!["Variables"]!["FAIRSHARE_ANONYMOUS_VAULT"]!.GetValue<string>());
        Assert.DoesNotContain("FAIRSHARE_VAULT_TABLE", function.ToJsonString(), StringComparison.Ordinal);
    }
}
