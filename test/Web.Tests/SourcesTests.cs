using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FairShare.Web.Tests.Support;

namespace FairShare.Web.Tests;

/// <summary>What holds of the page's sources, without a browser.</summary>
public sealed partial class SourcesTests(PageHost host)
{
    private static readonly string[] Folders = ["app", "exchange", "keys", "service", "texts", "transfer", "views"];

    [Fact]
    public void Texts_OfEveryLanguage_HaveTheSameKeysAndPlaces()
    {
        var (english, german) = (Read("en"), Read("de"));

        Assert.Equal(english.Keys, german.Keys);
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), english.Keys);
        Assert.All(english, text => Assert.Equal(PlacesOf(text.Value), PlacesOf(german[text.Key])));
    }

    [Fact]
    public void Texts_OfTheModules_AreThoseThatThereAre()
    {
        var sources = string.Concat(Modules().Select(File.ReadAllText));
        var used = KeyPattern().Matches(sources).Select(match => match.Groups[1].Value).ToHashSet();
        // Keys that are put together: `state.${state}`, `${name}.none`.
        var prefixes = PrefixPattern().Matches(sources).Select(match => match.Groups[1].Value).ToHashSet();
        var suffixes = SuffixPattern().Matches(sources).Select(match => match.Groups[1].Value).ToHashSet();
        var keys = Read("en").Keys.ToList();

        Assert.Empty(used.Except(keys));
        Assert.All(
            keys,
            key =>
                Assert.True(
                    used.Contains(key)
                        || prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal))
                        || suffixes.Any(suffix => key.EndsWith(suffix, StringComparison.Ordinal)),
                    key
                )
        );
    }

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

    private static IEnumerable<string> Modules() =>
        Folders.SelectMany(folder => Directory.GetFiles(Path.Combine(Tools.PageSources, folder), "*.js"));

    private static Dictionary<string, string> Read(string language) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(
            File.ReadAllText(Path.Combine(Tools.PageSources, "texts", $"{language}.json"))
        )!;

    private static IEnumerable<string> PlacesOf(string text) => PlacePattern().Matches(text).Select(match => match.Value).Order();

    [GeneratedRegex(
        "(?<!name: )\"((?:account|certificate|challenge|evidence|exchange|forMe|home|id|keys|list|party|receipts|received|recover|"
            + "notices|register|send|sent|shell|signIn|timeline|vault|view|webhooks)\\.(?!json\"|html\")[A-Za-z-]+)\""
    )]
    private static partial Regex KeyPattern();

    [GeneratedRegex("`((?:[a-z]+\\.)+)\\$\\{")]
    private static partial Regex PrefixPattern();

    [GeneratedRegex("`\\$\\{[a-z]+\\}(\\.[a-z]+)`")]
    private static partial Regex SuffixPattern();

    [GeneratedRegex("\\{\\w+\\}")]
    private static partial Regex PlacePattern();
}
