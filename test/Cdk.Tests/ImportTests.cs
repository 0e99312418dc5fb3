using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>What is retained when a stack is deleted can be brought into a new one (<c>eng/import-retained.py</c>).</summary>
public sealed class ImportTests
{
    private static readonly string[] MadeAnew = ["AWS::Lambda::Version", "AWS::StepFunctions::StateMachineVersion"];

    public static TheoryData<string> Stacks =>
        new("FairShare-prod", "FairShare-prod-Operations", "FairShare-prod-Protection", "FairShare-prod-Web", "FairSharePeer-prod");

    [Theory]
    [MemberData(nameof(Stacks))]
    public async Task Import_OfAStack_HasEachRetainedResourceAndNothingElse(string stack)
    {
        Assert.SkipUnless(await Programs.SucceedsAsync("python3", "--version"), "Python is not installed.");
        var folder = Directory.CreateTempSubdirectory("fairshare-import").FullName;
        try
        {
            var template = Path.Combine(Programs.Root, "cdk", "snapshot", $"{stack}.template.json");
            var resources = JsonNode.Parse(await ReadAsync(template))!["Resources"]!.AsObject();
            var (exitCode, said) = await RunAsync(template, PhysicalIds(resources), folder);
            Assert.True(exitCode == 0, said);
            var listed = JsonNode.Parse(await ReadAsync(Path.Combine(folder, "resources-to-import.json")))!.AsArray();
            var retained = resources
                .Where(one => $"{one.Value!["DeletionPolicy"]}" == "Retain" && !MadeAnew.Contains($"{one.Value!["Type"]}"))
                .Select(one => one.Key)
                .ToList();
            Assert.NotEmpty(retained);
            Assert.Equal(retained, listed.Select(one => $"{one!["LogicalResourceId"]}"));
            Assert.All(listed, RequireIdentified);
            RequireWhole(JsonNode.Parse(await ReadAsync(Path.Combine(folder, "import.json")))!, retained);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Import_ResourceThatIsNotListed_IsRefusedByName()
    {
        Assert.SkipUnless(await Programs.SucceedsAsync("python3", "--version"), "Python is not installed.");
        var folder = Directory.CreateTempSubdirectory("fairshare-import").FullName;
        var template = Path.Combine(Programs.Root, "cdk", "snapshot", "FairShare-prod-Web.template.json");
        var (exitCode, said) = await RunAsync(template, new JsonObject { ["StackResourceSummaries"] = new JsonArray() }, folder);
        Directory.Delete(folder, recursive: true);
        Assert.Equal(1, exitCode);
        Assert.Contains("does not have PageFiles", said, StringComparison.Ordinal);
    }

    // CloudFormation refuses an import whose template refers to what is in neither.
    private static void RequireWhole(JsonNode template, IReadOnlyList<string> retained)
    {
        var resources = template["Resources"]!.AsObject();
        Assert.Equal(retained, resources.Select(one => one.Key));
        Assert.All(resources, one => Assert.Equal("Retain", $"{one.Value!["DeletionPolicy"]}"));
        var known = retained.Concat(template["Parameters"]?.AsObject().Select(one => one.Key) ?? []).ToHashSet();
        Assert.All(
            ReferencesOf(template),
            name => Assert.True(known.Contains(name) || name.StartsWith("AWS::", StringComparison.Ordinal), name)
        );
    }

    private static IEnumerable<string> ReferencesOf(JsonNode? node) =>
        node switch
        {
            JsonArray list => list.SelectMany(ReferencesOf),
            JsonObject members => members.SelectMany(member =>
                member.Key switch
                {
                    "Ref" => [$"{member.Value}"],
                    "Fn::GetAtt" => [$"{member.Value![0]}"],
                    _ => ReferencesOf(member.Value),
                }
            ),
            _ => [],
        };

    private static void RequireIdentified(JsonNode? one)
    {
        var identifier = Assert.Single(one!["ResourceIdentifier"]!.AsObject());
        var id = $"physical-{one["LogicalResourceId"]}";
        var expected = $"{one["ResourceType"]}" switch
        {
            "AWS::DynamoDB::Table" => "TableName",
            "AWS::S3::Bucket" => "BucketName",
            "AWS::KMS::Key" => "KeyId",
            "AWS::Cognito::UserPool" => "UserPoolId",
            "AWS::Backup::BackupVault" => "BackupVaultName",
            var other => throw new InvalidOperationException(other),
        };
        Assert.Equal((expected, id), (identifier.Key, $"{identifier.Value}"));
    }

    private static JsonObject PhysicalIds(JsonObject resources) =>
        new()
        {
            ["StackResourceSummaries"] = new JsonArray([
                .. resources.Select(one => new JsonObject
                {
                    ["LogicalResourceId"] = one.Key,
                    ["PhysicalResourceId"] = $"physical-{one.Key}",
                }),
            ]),
        };

    private static async Task<(int ExitCode, string Said)> RunAsync(string template, JsonObject known, string folder)
    {
        var resources = Path.Combine(folder, "resources.json");
        await File.WriteAllTextAsync(resources, known.ToJsonString(), TestContext.Current.CancellationToken);
        var script = Path.Combine(Programs.Root, "eng", "import-retained.py");
        return await Programs.RunAsync("python3", [script, "--template", template, "--resources", resources, "--out", folder]);
    }

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
}
