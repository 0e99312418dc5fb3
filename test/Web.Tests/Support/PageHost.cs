using System.Globalization;
using System.Text.Json.Nodes;
using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

// One host and one browser for all classes.
[assembly: AssemblyFixture(typeof(PageHost))]

namespace FairShare.Web.Tests.Support;

/// <summary>
/// The page as npm makes it, served by the built command's <c>up</c>, and a browser for it; all from when a test first asks.
/// </summary>
public sealed class PageHost : UpHost
{
    private readonly Workspace files = new();
    private readonly Lock gate = new();
    private Task<string?>? preparing;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private int people;
    private int folders;

    /// <summary>Where tests put files.</summary>
    public Workspace Files => files;

    /// <summary>The page's folder.</summary>
    public string PageFolder => files.At("page");

    /// <inheritdoc/>
    protected override string[] Options => ["--page-port", "0", "--page", PageFolder, "--loopback-webhooks"];

    /// <summary>A file of this name, in a folder of its own.</summary>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var folder = Directory.CreateDirectory(files.At($"{Interlocked.Increment(ref folders)}"));
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>The thumbprint of the key with which the store seals.</summary>
    public async Task<string> StoreKeyAsync()
    {
        using var http = new HttpClient();
        var service = JsonNode.Parse(await http.GetStringAsync(Url + "/.well-known/fairshare"))!;
        return service["keys"]![0]!["kid"]!.ToString();
    }

    /// <summary>Makes everything ready, or skips the test with what is missing.</summary>
    public async Task RequireAsync()
    {
        Task<string?> ready;
        lock (gate)
        {
            ready = preparing ??= PrepareAsync();
        }

        var missing = await ready;
        Assert.SkipUnless(missing is null, missing ?? "");
    }

    /// <summary>Opens the page in a browser of its own: nothing that others keep is there.</summary>
    /// <param name="change">What is special about this browser.</param>
    public async Task<Person> OpenAsync(Action<BrowserNewContextOptions>? change = null)
    {
        await RequireAsync();
        return await OpenAtAsync(PageUrl, change);
    }

    /// <summary>The same of a page that is served elsewhere, once this host is ready.</summary>
    public async Task<Person> OpenAtAsync(string url, Action<BrowserNewContextOptions>? change = null)
    {
        var options = new BrowserNewContextOptions
        {
            Locale = "en-GB",
            AcceptDownloads = true,
            ReducedMotion = ReducedMotion.Reduce,
        };
        change?.Invoke(options);
        var context = await browser!.NewContextAsync(options);
        context.SetDefaultTimeout(120_000);
        var person = new Person(this, url, context, await context.NewPageAsync());
        await person.GoAsync("");
        return person;
    }

    /// <summary>A new person, who has an account and a key, and can be found by address.</summary>
    /// <param name="name">What the person's certificate tells in place of the address, by which then nobody is found.</param>
    public async Task<Person> JoinAsync(string? name = null)
    {
        var person = await OpenAsync();
        await person.RegisterAsync($"reader{Interlocked.Increment(ref people)}@page.example.com");
        await person.MakeKeyAsync(name);
        return person;
    }

    /// <summary>The octets that the largest process of this browser that shows pages has in memory; on Linux.</summary>
    public async Task<long> RendererMemoryAsync()
    {
        var session = await browser!.NewBrowserCDPSessionAsync();
        var processes = (await session.SendAsync("SystemInfo.getProcessInfo"))!.Value.GetProperty("processInfo").EnumerateArray();
        await session.DetachAsync();
        return processes
            .Where(process => process.GetProperty("type").GetString() == "renderer")
            .Select(process => MemoryOf(process.GetProperty("id").GetInt32()))
            .DefaultIfEmpty()
            .Max();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
        await base.DisposeAsync();
        files.Dispose();
    }

    // A process that has just ended has none.
    private static long MemoryOf(int process)
    {
        const string Resident = "VmRSS:";
        var status = $"/proc/{process}/status";
        var line = File.Exists(status)
            ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith(Resident, StringComparison.Ordinal))
            : null;
        return line is null
            ? 0
            : long.Parse(line[Resident.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024;
    }

    private async Task<string?> PrepareAsync()
    {
        if (Tools.Browser is not { } program)
        {
            return "No Chromium is installed.";
        }

        if (await MakePageAsync() is { } missing)
        {
            return missing;
        }

        await StartAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu"] }
        );
        return null;
    }

    // What npm installed stays for the next run, as long as the lock file is the one that it was installed by.
    private async Task<string?> MakePageAsync()
    {
        var (installed, locked) = (InstalledAt(), Path.Combine(Tools.PageSources, "package-lock.json"));
        if (!File.Exists(installed) || File.GetLastWriteTimeUtc(installed) < File.GetLastWriteTimeUtc(locked))
        {
            var (code, output) = await Tools.RunAsync("npm", "ci", "--no-audit", "--no-fund");
            if (code != 0)
            {
                return $"npm could not install what the page loads: {output}";
            }
        }

        var (copied, said) = await Tools.RunAsync("node", "copy.js", PageFolder);
        return copied == 127 ? said
            : copied == 0 ? null
            : throw new InvalidOperationException(said);
    }

    private static string InstalledAt() => Path.Combine(Tools.PageSources, "node_modules", ".package-lock.json");
}
