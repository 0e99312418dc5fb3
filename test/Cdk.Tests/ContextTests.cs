using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>What a deployment may be told with <c>-c NAME=VALUE</c>.</summary>
[Collection(Programs.Synthesizing)]
public sealed partial class ContextTests
{
    [Theory]
    [InlineData("stgae", "prod", "Context 'stgae' is unknown; there are ")]
    [InlineData("stack", "websites", "Context 'stack' is 'websites'; it must be one of ")]
    [InlineData("tags", "owner", "Context 'tags' has 'owner'; it must be KEY=VALUE")]
    [InlineData("budget", "120", "Context 'budget' and 'budgetTo' are given together or not at all.")]
    public async Task Synth_WrongContext_NamesItAndMakesNothing(string name, string value, string said)
    {
        using var app = new SynthesizedApp();
        var (exitCode, error) = await app.SynthesizeAsync(new JsonObject { ["stack"] = "operations", [name] = value });

        Assert.Equal(1, exitCode);
        Assert.StartsWith(said, error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Synth_BudgetAndTags_AreTheStages()
    {
        using var app = new SynthesizedApp();
        JsonObject context = new()
        {
            ["stage"] = "prod",
            ["stack"] = "operations",
            ["budget"] = "120",
            ["budgetTo"] = "ops@example.com",
            ["tags"] = "owner=legal,cost-center=42",
        };
        var (exitCode, error) = await app.SynthesizeAsync(context);
        Assert.True(exitCode == 0, error);

        var template = await app.ReadAsync("FairShare-prod-Operations.template.json");
        var resources = template["Resources"]!.AsObject().Select(resource => resource.Value!);
        var budget = Assert.Single(resources, resource => $"{resource["Type"]}" == "AWS::Budgets::Budget")["Properties"]!;
        Assert.Equal(120, (int)budget["Budget"]!["BudgetLimit"]!["Amount"]!);
        Assert.Equal("user:fairshare-stage$prod", $"{budget["Budget"]!["CostFilters"]!["TagKeyValue"]![0]}");
        var told = budget["NotificationsWithSubscribers"]!.AsArray().Select(told => $"{told!["Subscribers"]![0]!["Address"]}");
        Assert.Equal(["ops@example.com", "ops@example.com"], told);
        var tags = (await app.ReadAsync("manifest.json"))["artifacts"]!["FairShare-prod-Operations"]!["properties"]!["tags"]!;
        Assert.Equal("prod", $"{tags["fairshare-stage"]}");
        Assert.Equal("legal", $"{tags["owner"]}");
        Assert.Equal("42", $"{tags["cost-center"]}");
    }

    [Fact]
    public void Page_Context_HasARowForEachNameThatIsRead()
    {
        var root = Programs.Root;
        var known = Quoted()
            .Matches(File.ReadAllText(Path.Combine(root, "cdk", "Constructs", "Hosting", "DeploymentContext.cs")).Split("};")[0])
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        var page = File.ReadAllText(Path.Combine(root, "docs", "operations.md")).Split("## Context")[1].Split("\n## ")[0];
        var rows = Row().Matches(page).SelectMany(row => Name().Matches(row.Groups[1].Value)).Select(name => name.Groups[1].Value);
        var sources = Directory
            .EnumerateFiles(Path.Combine(root, "cdk"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => Path.GetFileName(file) != "DeploymentContext.cs")
            .Select(File.ReadAllText)
            .ToList();

        Assert.NotEmpty(known);
        Assert.Equal(known.Order(), rows.Order());
        Assert.All(
            sources.SelectMany(source => Read().Matches(source)).Select(match => match.Groups[1].Value),
            name => Assert.Contains(name, known)
        );
        Assert.All(
            known.Except(["tags"]),
            name => Assert.Contains(sources, source => source.Contains($"\"{name}\"", StringComparison.Ordinal))
        );
    }

    [GeneratedRegex("^ +\"([A-Za-z]+)\",", RegexOptions.Multiline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\| (`[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Name();

    [GeneratedRegex("TryGetContext\\(\"([A-Za-z]+)\"\\)")]
    private static partial Regex Read();
}
