using System.Text.Json;
using System.Text.RegularExpressions;
using FairShare.Web.Tests.Support;

namespace FairShare.Web.Tests;

/// <summary>The page's words: a file for each language.</summary>
public sealed partial class TextsTests
{
    // What only a program's fault leads to, or what the page never asks for: then the service's own words are shown.
    private const string OfPrograms =
        "access-token-required body-too-large document-encoded exchange-not-completed held-keys-off method-not-allowed "
        + "idempotency-key-reused invalid-body invalid-deadline invalid-evidence invalid-idempotency-key invalid-parts "
        + "invalid-proof invalid-signing-input invalid-stamp invalid-vault-parts nonce-used not-available-over-queue not-in-log "
        + "too-many-held-keys unbound-sender unknown-call vault-id-taken vault-not-stored vault-state wrong-file-path wrong-nonce";

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
        var sources = string.Concat(SourcesTests.Modules().Select(File.ReadAllText));
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
    public void Texts_InGerman_AreNotTheEnglishOnes()
    {
        var english = Read("en");

        Assert.Equal(["vault.code", "view.webhooks"], Read("de").Where(text => english[text.Key] == text.Value).Select(text => text.Key));
    }

    [Fact]
    public void Templates_OfTheViews_HaveNoWordsOfTheirOwn() =>
        Assert.Equal(
            ["FairShare"],
            Directory.GetFiles(Path.Combine(Tools.PageSources, "views")).Select(File.ReadAllText).SelectMany(TemplateWords.Of)
        );

    [Fact]
    public void Refusals_ThatPeopleMeet_HaveWords()
    {
        var documented = File.ReadAllText(Path.Combine(Tools.Root(), "docs", "problems.md")).Split("<!-- codes -->")[1].Split("\n\n")[0];
        var codes = CodePattern().Matches(documented).Select(match => match.Groups[1].Value).ToList();
        var outbound = Directory.GetFiles(Path.Combine(Tools.Root(), "functions", "Outbound")).Select(File.ReadAllText);
        var failures = FailurePattern().Matches(string.Concat(outbound)).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.Equal(OfPrograms.Split(' ').Order(StringComparer.Ordinal), codes.Where(code => !Read("de").ContainsKey($"problem.{code}")));
        Assert.Contains("role-refused", failures);
        Assert.All(failures.Concat(["gone", "webhook-off"]), failure => Assert.Contains($"failure.{failure}", Read("de").Keys));
    }

    private static Dictionary<string, string> Read(string language) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(
            File.ReadAllText(Path.Combine(Tools.PageSources, "texts", $"{language}.json"))
        )!;

    private static IEnumerable<string> PlacesOf(string text) => PlacePattern().Matches(text).Select(match => match.Value).Order();

    [GeneratedRegex(
        "(?<!name: )\"((?:account|audit|certificate|challenge|evidence|exchange|forMe|home|id|keys|list|party|receipts|received|recover|"
            + "notices|register|send|sent|shell|signIn|timeline|vault|view|webhooks)\\.(?!json\"|html\")[A-Za-z-]+)\""
    )]
    private static partial Regex KeyPattern();

    [GeneratedRegex("^\\| `([a-z-]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex CodePattern();

    [GeneratedRegex("new\\((?:null|status), \"([a-z-]+)\"\\)")]
    private static partial Regex FailurePattern();

    [GeneratedRegex("`((?:[a-z]+\\.)+)\\$\\{")]
    private static partial Regex PrefixPattern();

    [GeneratedRegex("`\\$\\{[a-z]+\\}(\\.[a-z]+)`")]
    private static partial Regex SuffixPattern();

    [GeneratedRegex("\\{\\w+\\}")]
    private static partial Regex PlacePattern();
}
