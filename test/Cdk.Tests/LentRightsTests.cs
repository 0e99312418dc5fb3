using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>
/// Services of AWS that act for the account, CodeDeploy, Backup, CloudTrail and CloudFront, may do so for something that the template has,
/// and for nothing else. No call on the host decides that, since it has none of them.
/// </summary>
public sealed class LentRightsTests
{
    private static readonly Dictionary<string, Template> Templates = new()
    {
        ["service"] = new("prod"),
        ["protection"] = Template.OfProtection("prod"),
        ["page"] = Template.OfPage("prod"),
    };

    // Stages and stacks in which no service acts for the account, or the same ones.
    private static readonly Template[] Others =
    [
        new("dev"),
        Template.OfProtection("dev"),
        Template.OfPage("dev"),
        Template.OfNotices,
        Template.OfOperations("prod"),
        Template.OfPeer("prod"),
        Template.OfCoordinator("prod"),
    ];

    public static TheoryData<string> Stacks => [.. Templates.Keys];

    public static TheoryData<string, string, string, Action<JsonNode>> Defects =>
        new()
        {
            {
                "another policy of AWS's",
                "service",
                "nothing needs AdministratorAccess",
                resources => Give(resources, "AdministratorAccess")
            },
            {
                "a policy that lets every function be invoked",
                "service",
                "nothing needs service-role/AWSCodeDeployRoleForLambda",
                resources => Give(resources, "service-role/AWSCodeDeployRoleForLambda")
            },
            {
                "a group without its right",
                "service",
                "lacks service-role/AWSCodeDeploy",
                resources => Role(resources).Remove("ManagedPolicyArns")
            },
            {
                "an alias that moves by itself",
                "service",
                "no alias is moved by it",
                resources =>
                    resources.AsObject().First(one => one.Value!["UpdatePolicy"] is not null).Value!.AsObject().Remove("UpdatePolicy")
            },
            {
                "a right to back up buckets without one",
                "protection",
                "nothing needs AWSBackup",
                resources => Selection(resources).RemoveAt(1)
            },
            { "a table that may not be backed up", "protection", "lacks service-role/AWSBackup", resources => Held(resources).RemoveAt(0) },
            { "a trail of anybody", "protection", "does not need s3:PutObject", resources => Leave(resources).Remove("Condition") },
            {
                "another trail of the account",
                "protection",
                "does not need s3:GetBucketAcl",
                resources => First(resources, "AWS::CloudTrail::Trail")["TrailName"] = "other"
            },
            { "a trail that reads", "protection", "does not need s3:GetObject", resources => Leave(resources)["Action"] = "s3:GetObject" },
            {
                "a leave without its trail",
                "protection",
                "cloudtrail.amazonaws.com does not need",
                resources => First(resources, "AWS::CloudTrail::Trail")["S3BucketName"] = "elsewhere"
            },
            { "files for anybody", "page", "* does not need s3:GetObject", resources => Leave(resources)["Principal"] = "*" },
        };

    [Theory, MemberData(nameof(Stacks))]
    public void Stack_AsItIs_LendsWhatIsNeededAlone(string stack) => Assert.Empty(new LentRights(Templates[stack].Document).Faults());

    [Fact]
    public void Stack_OfAnotherStage_LendsWhatIsNeededAlone() =>
        Assert.All(Others, template => Assert.Empty(new LentRights(template.Document).Faults()));

    [Theory, MemberData(nameof(Defects), DisableDiscoveryEnumeration = true)]
    public void Stack_WithADefect_IsFound(string what, string stack, string shown, Action<JsonNode> change)
    {
        var template = Templates[stack].Document.DeepClone();
        change(template["Resources"]!);

        var faults = new LentRights(template).Faults().ToList();

        Assert.True(faults.Exists(fault => fault.Contains(shown, StringComparison.Ordinal)), $"{what}: {string.Join("; ", faults)}");
    }

    [Theory, MemberData(nameof(Stacks))]
    public void Page_Tables_AreTheTemplates(string stack)
    {
        var rights = new LentRights(Templates[stack].Document);
        Assert.Empty(
            InvokedPage.FaultsOf($"{stack}policies", rights.Policies()).Concat(InvokedPage.FaultsOf($"{stack}leaves", rights.Leaves()))
        );
    }

    private static void Give(JsonNode resources, string policy) => Held(resources).Add($"arn:aws:iam::aws:policy/{policy}");

    private static JsonArray Held(JsonNode resources) => Role(resources)["ManagedPolicyArns"]!.AsArray();

    private static JsonObject Role(JsonNode resources) =>
        resources.AsObject().First(one => one.Value!["Properties"]?["ManagedPolicyArns"] is not null).Value!["Properties"]!.AsObject();

    private static JsonArray Selection(JsonNode resources) =>
        First(resources, "AWS::Backup::BackupSelection")["BackupSelection"]!["Resources"]!.AsArray();

    private static JsonObject Leave(JsonNode resources) =>
        First(resources, "AWS::S3::BucketPolicy")["PolicyDocument"]!["Statement"]!
            .AsArray()
            .Last(one => one!["Effect"]!.GetValue<string>() == "Allow")!
            .AsObject();

    private static JsonNode First(JsonNode resources, string type) =>
        resources.AsObject().First(resource => resource.Value!["Type"]!.GetValue<string>() == type).Value!["Properties"]!;
}
