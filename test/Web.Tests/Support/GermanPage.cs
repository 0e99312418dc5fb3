using System.Text.Json;
using System.Text.RegularExpressions;

namespace FairShare.Web.Tests.Support;

/// <summary>
/// The page in German: every text on it is one of <c>texts/de.json</c>, but for what is nobody's to translate: names, ids, times, and what
/// is marked to be in another language, as evidence is.
/// </summary>
internal sealed partial class GermanPage
{
    private const string Texts = """
        () => {
          const foreign = 'bdi, code, time, script, noscript, style, .id, [lang]:not(html)';
          const found = [document.title.replace(/ – FairShare$/, '')];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            if (!walker.currentNode.parentElement.closest(foreign)) {
              found.push(walker.currentNode.data);
            }
          }
          for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
            for (const element of document.querySelectorAll(`body [${name}]:not(.id)`)) {
              found.push(element.getAttribute(name).split(': ')[0]);
            }
          }
          return found.map(text => text.trim()).filter(text => /\p{L}/u.test(text));
        }
        """;

    private readonly Regex[] words;

    /// <param name="names">What views are called that is nobody's to translate: names of documents.</param>
    public GermanPage(params string[] names)
    {
        var path = Path.Combine(Tools.PageSources, "texts", "de.json");
        var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))!.Values;
        words = [.. texts.Concat(["FairShare", .. names]).Select(PatternOf), Size()];
    }

    /// <summary>Looks at some views of a page that is shown in German from then on.</summary>
    public async Task RequireAsync(Person person, params string[] views)
    {
        await person.Page.EvaluateAsync("localStorage.setItem('fairshare.language', 'de')");
        await person.Page.ReloadAsync();
        await person.Page.Locator("#page[data-ready]").WaitForAsync();
        Assert.Equal("de", await person.Page.EvaluateAsync<string>("document.documentElement.lang"));
        foreach (var view in views)
        {
            await person.ViewAsync(view);
            var others = (await person.Page.EvaluateAsync<string[]>(Texts)).Where(text => !words.Any(word => word.IsMatch(text)));
            Assert.True(!others.Any(), $"#/{view} has what de.json has not: {string.Join(" | ", others)}");
        }
    }

    // A text with places, as {count}, for whatever stands there.
    private static Regex PatternOf(string text) => new($"^{Place().Replace(Regex.Escape(text), ".+")}$");

    [GeneratedRegex(@"\\\{\w+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"^[\d.,]+\s(Byte|kB|MB|GB)$")]
    private static partial Regex Size();
}
