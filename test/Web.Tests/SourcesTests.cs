using System.Text.Json.Nodes;
using FairShare.Web.Tests.Support;

namespace FairShare.Web.Tests;

/// <summary>What holds of the page's sources, without a browser.</summary>
public sealed class SourcesTests(PageHost host)
{
    private static readonly string[] Folders = ["app", "audit", "exchange", "keys", "service", "texts", "transfer", "views"];

    [Fact]
    public async Task Modules_OfThePage_AreTypedStrictly()
    {
        await host.RequireAsync();

        Assert.All(Modules(), path => Assert.StartsWith("// @ts-check\n", File.ReadAllText(path), StringComparison.Ordinal));
        Assert.Equal((0, ""), await Tools.RunAsync("npx", "--no-install", "tsc", "--noEmit"));
    }

    [Fact]
    public async Task ServedFolder_BesideThePage_HasTheDescriptionOfTheApi()
    {
        await host.RequireAsync();
        using var http = new HttpClient();

        var served = JsonNode.Parse(await http.GetStringAsync($"{host.PageUrl}/openapi.json", TestContext.Current.CancellationToken))!;

        var reviewed = JsonNode.Parse(File.ReadAllText(Path.Combine(Tools.PageSources, "..", "..", "docs", "openapi.json")))!;
        reviewed["servers"] = new JsonArray(new JsonObject { ["url"] = "/api" });
        Assert.True(JsonNode.DeepEquals(reviewed, served));
        // What it says of the API holds beneath that address.
        using var answer = await http.GetAsync($"{host.PageUrl}/api/.well-known/fairshare", TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
    }

    /// <summary>The modules that are typed.</summary>
    internal static IEnumerable<string> Modules() =>
        Folders.SelectMany(folder => Directory.GetFiles(Path.Combine(Tools.PageSources, folder), "*.js"));
}
