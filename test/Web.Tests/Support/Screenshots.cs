using Microsoft.Playwright;

namespace FairShare.Web.Tests.Support;

/// <summary>The pictures of docs/web.md, made anew where <c>FAIRSHARE_SCREENSHOTS</c> is 1.</summary>
internal static class Screenshots
{
    private static readonly string[] Kept = ["exchange-light", "challenge-dark-phone", "send-light"];

    /// <summary>Keeps the picture of a main view.</summary>
    public static async Task KeepAsync(IPage page, string view, ColorScheme scheme, int width)
    {
        var name = $"{view}-{scheme.ToString().ToLowerInvariant()}{(width < 500 ? "-phone" : "")}";
        if (Environment.GetEnvironmentVariable("FAIRSHARE_SCREENSHOTS") == "1" && Kept.Contains(name))
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Tools.Root(), "docs", "web", $"{name}.png"), FullPage = true });
        }
    }
}
