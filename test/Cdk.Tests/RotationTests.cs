using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>What the context makes of the store's keys when they are made anew.</summary>
[Collection(Programs.Synthesizing)]
public sealed class RotationTests : IDisposable
{
    private const string Former = "arn:aws:kms:eu-west-1:000000000000:key/former";

    private readonly SynthesizedApp app = new();

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task Synth_OtherGenerations_MakesOtherKeysThatFollowTheNamedOnes()
    {
        var generations = new JsonObject
        {
            ["sealGeneration"] = "2",
            ["previousSeal"] = Former,
            ["logKeyGeneration"] = "3",
            ["previousLogKey"] = Former + "-log",
            ["stampKeyGeneration"] = "2",
            ["previousStampKey"] = Former + "-stamps",
            ["tableKey"] = "on",
        };
        var (exitCode, error) = await app.SynthesizeAsync(generations);
        Assert.True(exitCode == 0, error);
        var template = await app.ReadAsync("FairShare-dev.template.json");
        var resources = template["Resources"]!.AsObject().ToDictionary(resource => resource.Key, resource => resource.Value!);
        // The key of the webhooks' secrets has generations of its own kind.
        var keys = resources
            .Where(resource => resource.Value["Type"]!.ToString() == "AWS::KMS::Key")
            .Where(resource => resource.Value["Properties"]!["KeyUsage"]?.ToString() == "SIGN_VERIFY")
            .ToDictionary();
        Assert.Equal(3, keys.Count);
        Assert.All(keys, key => Assert.Equal("Retain", key.Value["DeletionPolicy"]!.ToString()));
        var (seal, log) = (Single(keys, "KeysSeal2"), Single(keys, "LogKey3"));
        _ = Single(keys, "TimestampsKey2");
        var aliases = resources.Values.Where(resource => resource["Type"]!.ToString() == "AWS::KMS::Alias");
        Assert.Equal(
            [
                "alias/fairshare/dev/log3",
                "alias/fairshare/dev/seal2",
                "alias/fairshare/dev/table",
                "alias/fairshare/dev/timestamps2",
                "alias/fairshare/dev/webhooks",
            ],
            aliases.Select(alias => alias["Properties"]!["AliasName"]!.ToString()).Order(StringComparer.Ordinal)
        );
        var variables = resources[Single(resources, "RecordSealKey", "AWS::Lambda::Function")]["Properties"]!["Environment"]!["Variables"]!;
        Assert.Equal(Former, variables["FAIRSHARE_PREVIOUS_SEAL_KEY"]!.ToString());
        Assert.Equal(Former + "-log", variables["FAIRSHARE_PREVIOUS_LOG_KEY"]!.ToString());
        Assert.Equal(Former + "-stamps", variables["FAIRSHARE_PREVIOUS_TIMESTAMP_KEY"]!.ToString());
        Assert.Equal(log, variables["FAIRSHARE_LOG_KEY"]!["Fn::GetAtt"]![0]!.ToString());
        var policy = resources[Single(resources, "RecordSealKeyRole", "AWS::IAM::Policy")].ToJsonString();
        Assert.Contains(
            $$"""{"Action":["kms:GetPublicKey","kms:Sign"],"Effect":"Allow","Resource":"{{Former}}"}""",
            policy,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $$"""{"Action":"kms:GetPublicKey","Effect":"Allow","Resource":"{{Former}}-log"}""",
            policy,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $$$"""{"Action":"kms:Sign","Effect":"Allow","Resource":{"Fn::GetAtt":["{{{seal}}}","Arn"]}}""",
            policy,
            StringComparison.Ordinal
        );
        // Until a release is whole, versions that know the former seal alone serve beside others.
        foreach (var handler in new[] { "SubmitOrigin", "RequestDownload", "SubmitReceipt", "SealEnding" })
        {
            Assert.Contains(
                $$"""{"Action":["kms:GetPublicKey","kms:Sign"],"Effect":"Allow","Resource":"{{Former}}"}""",
                resources[Single(resources, $"{handler}Role", "AWS::IAM::Policy")].ToJsonString(),
                StringComparison.Ordinal
            );
        }

        RequireTableKey(resources);
        // The first key follows none.
        (exitCode, error) = await app.SynthesizeAsync(new JsonObject { ["previousSeal"] = Former });
        Assert.Equal(1, exitCode);
        Assert.Contains("Context 'previousSeal'", error, StringComparison.Ordinal);
    }

    private static void RequireTableKey(Dictionary<string, JsonNode> resources)
    {
        var name = Single(resources, "EvidenceTableKey", "AWS::KMS::Key");
        var key = resources[name]["Properties"]!;
        Assert.True((bool)key["EnableKeyRotation"]!);
        var use = Assert.Single(key["KeyPolicy"]!["Statement"]!.AsArray(), statement => $"{statement!["Sid"]}" == "ThroughDynamoDb")!;
        var conditions = use["Condition"]!["StringEquals"]!;
        Assert.Equal("AWS::AccountId", $"{conditions["kms:CallerAccount"]!["Ref"]}");
        Assert.Contains("dynamodb.", conditions["kms:ViaService"]!.ToJsonString(), StringComparison.Ordinal);
        var table = resources[Single(resources, "EvidenceTable", "AWS::DynamoDB::Table")]["Properties"]!["SSESpecification"]!;
        Assert.Equal((name, "KMS"), ($"{table["KMSMasterKeyId"]!["Fn::GetAtt"]![0]}", $"{table["SSEType"]}"));
    }

    private static string Single(Dictionary<string, JsonNode> resources, string prefix, string? type = null) =>
        Assert
            .Single(
                resources,
                resource =>
                    resource.Key.StartsWith(prefix, StringComparison.Ordinal)
                    && (type is null || resource.Value["Type"]!.ToString() == type)
            )
            .Key;
}
