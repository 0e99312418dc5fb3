using Microsoft.Playwright;

namespace FairShare.Web.Tests.Support;

/// <summary>
/// The pictures of docs/web-views.md, made anew where <c>FAIRSHARE_SCREENSHOTS</c> is 1: each view light, dark, and on a phone. As WebP,
/// which the browser makes a third as large as other formats.
/// </summary>
internal static class Screenshots
{
    private const int Tallest = 1200;

    private static readonly (string Name, ColorScheme Scheme, int Width)[] Kinds =
    [
        ("light", ColorScheme.Light, 760),
        ("dark", ColorScheme.Dark, 760),
        ("phone", ColorScheme.Light, 390),
    ];

    /// <summary>Whether pictures are made.</summary>
    public static bool AreMade { get; } = Environment.GetEnvironmentVariable("FAIRSHARE_SCREENSHOTS") == "1";

    /// <summary>Keeps the pictures of a view; the page is as it was after that.</summary>
    public static async Task KeepAsync(IPage page, string view, ColorScheme scheme, int width)
    {
        if (!AreMade)
        {
            return;
        }

        foreach (var kind in Kinds)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = kind.Scheme });
            await page.SetViewportSizeAsync(kind.Width, 800);
            await KeepAsync(page, Path.Combine(Tools.Root(), "docs", "web", $"{view}-{kind.Name}.webp"), kind.Width);
        }

        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await page.SetViewportSizeAsync(width, 800);
    }

    private static async Task KeepAsync(IPage page, string path, int width)
    {
        var height = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        var session = await page.Context.NewCDPSessionAsync(page);
        var clip = new Dictionary<string, object>
        {
            ["x"] = 0,
            ["y"] = 0,
            ["width"] = width,
            ["height"] = Math.Min(height, Tallest),
            ["scale"] = 1,
        };
        var options = new Dictionary<string, object>
        {
            ["format"] = "webp",
            ["quality"] = 60,
            ["captureBeyondViewport"] = true,
            ["clip"] = clip,
        };
        var picture = await session.SendAsync("Page.captureScreenshot", options);
        await File.WriteAllBytesAsync(path, picture!.Value.GetProperty("data").GetBytesFromBase64());
        await session.DetachAsync();
    }
}
