using Microsoft.Playwright;

namespace FairShare.Web.Tests.Support;

/// <summary>
/// Markup in whatever the page shows of other people's words, and of a store's that lies: none of it may become part of the page.
/// </summary>
internal sealed class ForeignTexts(PageHost host)
{
    /// <summary>What a browser would run, if somebody let it.</summary>
    public const string Markup = "<img src=x onerror=window.owned=1>";

    private const string FileName = $"{Markup}<script>window.owned=1.txt";

    // A bundle whose tokens have markup as reason, type and name, under signatures that are none.
    private const string Forge = """
        async markup => {
          const { encode, hashOf, utf8 } = await import('/evidence/bytes.js');
          const { writeArchive } = await import('/exchange/archive.js');
          const part = value => encode(utf8(JSON.stringify(value)));
          const doc = { id: markup, name: markup, type: markup };
          const token = part({ alg: 'ES256', kid: 'A'.repeat(43), typ: 'Refusal' }) + '.'
            + part({ ver: 1, pol: markup, event: markup, orig: markup, doc, reason: markup }) + '.' + 'A'.repeat(86);
          const files = { 'certificate.html': markup, 'challenge.jws': token, 'keys.json': '{"keys":[]}', 'refusal.jws': token,
            'successions.jws': markup };
          const listed = [];
          for (const [path, text] of Object.entries(files)) {
            listed.push({ path, size: utf8(text).length, sha256: await hashOf(utf8(text)) });
          }
          const list = JSON.stringify({ format: 'urn:fairshare:bundle:1', store: '', exchange: '', files: listed });
          const all = { 'bundle.json': list, ...files };
          const octets = writeArchive(new Map(Object.entries(all).map(([path, text]) => [path, utf8(text)])));
          return btoa(String.fromCharCode(...octets));
        }
        """;

    /// <summary>An exchange of a file of such a name, from somebody who calls himself so, and what else both are shown.</summary>
    /// <param name="alice">Whose certificate tells <see cref="Markup"/>.</param>
    /// <param name="bob">Who receives.</param>
    public async Task ShowAsync(Person alice, Person bob)
    {
        await alice.SendAsync(host.Write(FileName, "Alice sells Bob a bicycle.\n"u8), bob.Address);
        await RequireTextAsync(alice, "send", FileName);
        await RequireTextAsync(bob, "for-me", FileName, Markup);
        await bob.AskAsync();
        var exchange = bob.Page.Url.Split("#/")[1];
        await RequireTextAsync(bob, exchange, FileName, $"“{Markup}”");
        await bob.SignAsync();
        await RequireTextAsync(bob, exchange, FileName, $"“{Markup}”");
        await ShowBundlesAsync(bob);
        await RequireTextAsync(bob, "received", FileName, $"“{Markup}”");
        await RequireTextAsync(alice, "receipts", FileName);
        await RequireTextAsync(alice, "sent", FileName);
        await ShowVaultAsync(alice);
        await ShowLiesAsync(bob, exchange);
    }

    // The bundle of that exchange, and one of which every word is forged.
    private async Task ShowBundlesAsync(Person person)
    {
        var bundle = await person.SaveAsync("Save the evidence");
        var forged = Convert.FromBase64String(await person.Page.EvaluateAsync<string>(Forge, Markup));
        await person.GoAsync("evidence");
        await PickAsync(person, "the evidence", bundle);
        await person.SeesAsync(person.Page.GetByRole(AriaRole.Heading, new() { Name = "Verified", Exact = true }));
        await RequireTextAsync(person, "evidence", FileName, $"“{Markup}”");
        await PickAsync(person, "the evidence", host.Write("forged.zip", forged));
        await person.SeesAsync("Refused: the evidence does not hold");
        await RequireTextAsync(person, "evidence", "FAIL");
    }

    // Names in the vault, for who stored the file and for who opens it.
    private async Task ShowVaultAsync(Person person)
    {
        await person.GoAsync("vault");
        await PickAsync(person, "files", host.Write(FileName, "A letter.\n"u8));
        await RequireTextAsync(person, "vault", FileName);
        await person.ClickAsync("Encrypt and store");
        var link = await person.Page.Locator("#vault-code").InnerTextAsync();
        await RequireTextAsync(person, "vault", FileName);
        await person.GoAsync("open");
        await person.FillAsync("Code", link.Split('#')[1]);
        await person.ClickAsync("Open");
        await person.SeesAsync("Opened, and found genuine as a whole.");
        await RequireTextAsync(person, "open", FileName);
    }

    // What no seal holds: lists, endpoints, addresses, states, and what a refusal says.
    private static async Task ShowLiesAsync(Person person, string exchange)
    {
        var me = (await person.Page.Locator("footer .id").GetAttributeAsync("title"))!;
        await person.Page.RouteAsync("**/api/**", route => LyingAnswers.AnswerAsync(route, me));
        await RequireTextAsync(person, exchange, Markup);
        foreach (var view in new[] { "for-me", "sent", "received", "receipts", "notices", "webhooks" })
        {
            await RequireTextAsync(person, view, Markup);
        }

        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Deliveries" }).ClickAsync();
        await person.SeesAsync(person.Page.Locator("#dead"));
        await RequireTextAsync(person, "webhooks", $"{Markup} message", $"{Markup} failure");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Test" }).ClickAsync();
        await person.SeesAsync(person.Page.GetByRole(AriaRole.Alert));
        await RequireTextAsync(person, "webhooks", $"{Markup} detail", $"{Markup} code");
        await person.Page.UnrouteAllAsync();
    }

    private static Task PickAsync(Person person, string what, string path) =>
        person.Page.GetByLabel($"Drop or choose {what}").SetInputFilesAsync(path);

    // Shown to the letter, where others see it as text, and nowhere an element.
    private static async Task RequireTextAsync(Person person, string view, params string[] texts)
    {
        if (!person.Page.Url.EndsWith($"#/{view}", StringComparison.Ordinal))
        {
            await person.ViewAsync(view);
        }

        foreach (var text in texts)
        {
            await person.SeesAsync(person.Page.Locator("main").GetByText(text).First);
        }

        Assert.True(
            await person.Page.EvaluateAsync<bool>("window.owned === undefined && !document.querySelector('body img, main script')"),
            $"#/{view} has an element of somebody else's."
        );
    }
}
