using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace FairShare.Web.Tests.Support;

/// <summary>A person at a browser, who sees the page and clicks.</summary>
public sealed class Person : IAsyncDisposable
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "Correct-horse-1";

    private readonly PageHost host;
    private readonly string url;
    private readonly ConcurrentQueue<string> faults = [];
    private readonly ConcurrentQueue<string> requests = [];

    public Person(PageHost host, string url, IBrowserContext context, IPage page)
    {
        (this.host, this.url, Context, Page) = (host, url, context, page);
        page.PageError += (_, fault) => faults.Enqueue(fault);
        page.Console += (_, line) =>
        {
            // A refusal of the service is a failed load to the browser, which the page then shows.
            if (line.Type == "error" && !line.Text.Contains("Failed to load resource", StringComparison.Ordinal))
            {
                faults.Enqueue(line.Text);
            }
        };
        context.Request += (_, request) => requests.Enqueue(request.Url);
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>The address of the account.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What went wrong in the page: scripts that threw, and what the policy blocked.</summary>
    public IReadOnlyCollection<string> Faults => faults;

    /// <summary>Every address that the browser asked.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    /// <summary>Goes to a view.</summary>
    public async Task GoAsync(string view)
    {
        if (Page.Url.StartsWith(url, StringComparison.Ordinal))
        {
            await Page.EvaluateAsync("view => location.hash = '#/' + view", view);
        }
        else
        {
            await Page.GotoAsync($"{url}/#/{view}");
        }

        await Page.Locator("#page[data-ready]").WaitForAsync();
    }

    /// <summary>Goes to a view, and waits until it is the one that is shown: each puts the focus on its heading.</summary>
    public async Task ViewAsync(string view)
    {
        if (!Page.Url.EndsWith($"#/{view}", StringComparison.Ordinal))
        {
            await Page.EvaluateAsync("document.activeElement.blur()");
            await GoAsync(view);
        }

        await SeesAsync(Page.Locator("h1:focus"));
    }

    public Task ClickAsync(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    public Task FillAsync(string label, string text) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    /// <summary>Waits until a text stands on the page.</summary>
    public Task SeesAsync(string text) => SeesAsync(Page.GetByText(text).First);

    /// <summary>Waits until something is there; where it does not come, the failure says what is there instead.</summary>
    /// <param name="what">What comes.</param>
    /// <param name="patience">How long it may take; as long as anything else, if not given.</param>
    public async Task SeesAsync(ILocator what, TimeSpan? patience = null)
    {
        try
        {
            await what.WaitForAsync(new() { Timeout = (float?)patience?.TotalMilliseconds });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{what} did not come. Faults: {string.Join("; ", faults)}. The page says:\n{await Page.InnerTextAsync("body")}");
        }
    }

    public Task<string> ReadAsync() => Page.Locator("main").InnerTextAsync();

    public async Task RegisterAsync(string address)
    {
        Address = address;
        await GoAsync("register");
        await FillAsync("E-mail address", address);
        await FillAsync("Password", Password);
        await ClickAsync("Register");
        await FillAsync("Code from the mail", await host.CodeAsync(address));
        await ClickAsync("Confirm");
        await SeesAsync(Page.GetByRole(AriaRole.Heading, new() { Name = "Keys", Exact = true }));
    }

    public Task SignInAsync() => SignInAsync(Address);

    /// <summary>Signs in to an account that was made in another browser.</summary>
    public async Task SignInAsync(string address, string password = Password)
    {
        await FillAsync("E-mail address", address);
        await FillAsync("Password", password);
        await ClickAsync("Sign in");
    }

    /// <summary>Makes a key, whose certificate tells the address.</summary>
    /// <param name="name">What its owner says to be called, in place of the address.</param>
    public async Task MakeKeyAsync(string? name = null)
    {
        await (
            name is null
                ? Page.GetByLabel("Others may find me").CheckAsync()
                : Page.GetByLabel("What you call yourself (optional)").FillAsync(name)
        );
        await ClickAsync("Make a key in this browser");
        await SeesAsync("In this browser.");
    }

    /// <summary>Sends a file to somebody.</summary>
    public async Task SendAsync(string path, string address)
    {
        await StartSendingAsync(path, address);
        await SeesAsync($"{Path.GetFileName(path)} was deposited.");
    }

    /// <summary>The same, without waiting for its end.</summary>
    public Task StartSendingAsync(string path, string address) => StartSendingAsync([path], address);

    /// <summary>The same of some files.</summary>
    public async Task StartSendingAsync(string[] paths, string address)
    {
        await GoAsync("send");
        await FillAsync("E-mail address or id", address);
        await ClickAsync("Add");
        await SeesAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).First);
        await Page.GetByLabel("Drop or choose files").SetInputFilesAsync(paths);
        await ClickAsync("Sign and send");
    }

    /// <summary>Asks for the newest document that waits, and reads what is to be signed.</summary>
    public async Task AskAsync()
    {
        await GoAsync("for-me");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ask for it", Exact = true }).First.ClickAsync();
        await SeesAsync("What you are asked to sign");
    }

    /// <summary>Signs the receipt for it.</summary>
    public async Task SignAsync()
    {
        await ClickAsync("Sign the receipt");
        await SeesAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Download and verify the document" }));
    }

    /// <summary>Downloads and saves the document.</summary>
    /// <returns>The saved file.</returns>
    public async Task<string> SaveDocumentAsync()
    {
        await ClickAsync("Download and verify the document");
        return await SaveAsync("Save the document");
    }

    /// <summary>Saves what a button offers.</summary>
    public async Task<string> SaveAsync(string button)
    {
        var path = host.Files.At($"saved-{Guid.NewGuid():N}");
        var download = await Page.RunAndWaitForDownloadAsync(() => ClickAsync(button));
        await download.SaveAsAsync(path);
        return path;
    }

    public ValueTask DisposeAsync() => Context.DisposeAsync();
}
