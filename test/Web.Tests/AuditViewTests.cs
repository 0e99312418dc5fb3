using System.Text;
using FairShare.Audit.Findings;
using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>The auditor's view: the public log, and an audit's files.</summary>
[Collection(CompletedExchangeCollection.Name)]
public sealed class AuditViewTests(PageHost host, CompletedExchange exchange)
{
    private const string Markup = "<img src=x onerror=window.owned=1>";
    private const string NewSight = """
        sight => new Promise((resolve, reject) => {
          const open = indexedDB.open('fairshare');
          open.onerror = () => reject(open.error);
          open.onsuccess = () => {
            const put = open.result.transaction('sights', 'readwrite').objectStore('sights').put(sight);
            put.onsuccess = () => resolve(open.result.close());
            put.onerror = () => reject(put.error);
          };
        })
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_ThatGoesOn_IsShownByEndingAndByItsGrowth()
    {
        var size = await exchange.LogSizeAsync();
        await using var auditor = await host.OpenAsync();
        await auditor.GoAsync("audit");
        await auditor.SeesAsync("The log holds");

        await auditor.ClickAsync("Look again");
        await auditor.SeesAsync("The log holds");

        await auditor.Page.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
        // What the first look said stands there until the second has ended.
        await auditor.SeesAsync(auditor.Page.Locator("table").Nth(1).Locator("tbody tr").Nth(1));
        var rows = await auditor.Page.Locator("table").First.Locator("tr").AllInnerTextsAsync();
        Assert.Equal(await CountAsync("ReleaseRecord"), NumberIn(rows[1]));
        Assert.StartsWith("Aborted, or taken back\t", rows[3], StringComparison.Ordinal);
        Assert.Equal(await CountAsync("AbortRecord") - await CountAsync("Refusal"), NumberIn(rows[3]));
        Assert.Equal(await CountAsync("ExpiryRecord"), NumberIn(rows[4]));
        var grown = await auditor.Page.Locator("table").Nth(1).Locator("tbody tr").AllInnerTextsAsync();
        Assert.Equal(2, grown.Count);
        Assert.InRange(NumberIn(grown[0]), size, NumberIn(grown[1]));
        Assert.Empty(auditor.Faults);
        Assert.DoesNotContain(auditor.Requests, url => !url.StartsWith(host.PageUrl, StringComparison.Ordinal));
    }

    /// <summary>A store that shows a log that is not the one before, or not what its checkpoint says.</summary>
    [Theory]
    [InlineData("unsigned")]
    [InlineData("forged-entry")]
    [InlineData("gap")]
    [InlineData("fork")]
    [InlineData("shrink")]
    [InlineData("gone")]
    public async Task Log_ThatIsNotWhatItMustBe_IsNamed(string lie)
    {
        _ = await exchange.LogSizeAsync();
        await using var auditor = await host.OpenAsync();
        if (lie is "fork" or "shrink" or "gone")
        {
            var key = await auditor.Page.EvaluateAsync<string>(
                "fetch('api/.well-known/fairshare').then(answer => answer.json()).then(service => service.log.keys[0])"
            );
            var sight = new
            {
                at = "2026-01-01T00:00:00.000Z",
                size = lie == "shrink" ? 1_000_000 : 1,
                root = Convert.ToBase64String(new byte[32]),
                key,
            };
            await auditor.Page.EvaluateAsync(NewSight, sight);
        }

        await auditor.Page.RouteAsync("**/api/log/**", route => LieAsync(route, lie));
        await auditor.GoAsync("audit");

        await auditor.SeesAsync("The log is not what it must be.");
        Assert.Contains(lie == "gone" ? "shrink" : lie, await auditor.ReadAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("The log holds", await auditor.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_ThatShowsNoCheckpointToANewcomer_IsNotSaidToHold()
    {
        await host.RequireAsync();
        await using var auditor = await host.OpenAsync();
        await auditor.Page.RouteAsync("**/api/log/**", route => LieAsync(route, "gone"));

        await auditor.GoAsync("audit");

        await auditor.SeesAsync("The service shows no checkpoint of its log");
        Assert.DoesNotContain("The log holds", await auditor.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_OfAnAudit_AreShownAndStayInTheBrowser()
    {
        await host.RequireAsync();
        var report = new AuditReport(null!, 0, 0, 0, new Dictionary<string, int>(), new Dictionary<string, int>(), Findings());
        var findings = host.Write("findings.jsonl", Encoding.UTF8.GetBytes(AuditFiles.ToJsonLines(report)));
        var exchanges = host.Write(
            "exchanges.csv",
            "exchange,state,openedAt\nEXCHANGE#a,Completed,2026-11-26T17:10:55.638Z\nEXCHANGE#b,Expired,2026-11-26T17:10:55.638Z\n"u8
        );
        await using var auditor = await host.OpenAsync();
        await auditor.GoAsync("audit");
        await auditor.SeesAsync("The public log");
        var before = auditor.Requests.Count;

        await auditor.Page.GetByLabel("Drop or choose findings.jsonl").SetInputFilesAsync([findings, exchanges]);

        await auditor.SeesAsync("Findings by kind");
        await auditor.SeesAsync("Exchanges by ending, as the audit has them");
        var said = await auditor.ReadAsync();
        Assert.Contains(Markup, said, StringComparison.Ordinal);
        Assert.Contains("not-in-log", said, StringComparison.Ordinal);
        Assert.True(await auditor.Page.EvaluateAsync<bool>("window.owned === undefined && !document.querySelector('main img')"));
        Assert.Equal(before, auditor.Requests.Count);

        await PickAsync(auditor, host.Write("none.jsonl", []), "The audit found nothing wrong.");
        await PickAsync(
            auditor,
            host.Write("letter.txt", "Dear auditor\n"u8),
            "This is neither the findings nor the exchanges of an audit."
        );
        var huge = host.Write("huge.jsonl", []);
        using (var file = File.OpenWrite(huge))
        {
            file.SetLength(70_000_000);
        }

        await PickAsync(auditor, huge, "Nothing of it was read.");
    }

    private static async Task PickAsync(Person auditor, string path, string said)
    {
        await auditor.Page.GetByLabel("Drop or choose findings.jsonl").SetInputFilesAsync(path);
        await auditor.SeesAsync(said);
    }

    private static AuditFinding[] Findings() =>
        [new("not-in-log", "EXCHANGE#a", "A token is missing."), new("unfair", $"EXCHANGE#{Markup}", $"\"{Markup}\"")];

    private static async Task LieAsync(IRoute route, string lie)
    {
        var isCheckpoint = route.Request.Url.EndsWith("/checkpoint", StringComparison.Ordinal);
        if ((lie == "gone" && isCheckpoint) || (lie == "gap" && !isCheckpoint))
        {
            await route.FulfillAsync(new() { Status = 404 });
            return;
        }

        var answer = await route.FetchAsync();
        var octets = await answer.BodyAsync();
        if ((lie == "unsigned" && isCheckpoint) || (lie == "forged-entry" && !isCheckpoint))
        {
            // The last octet of the root, or the last of an entry's hash.
            var at = isCheckpoint ? Encoding.UTF8.GetString(octets).IndexOf("\n\n", StringComparison.Ordinal) - 3 : octets.Length - 2;
            octets[at] = octets[at] == 'A' ? (byte)'B' : (byte)'A';
        }

        await route.FulfillAsync(new() { Response = answer, BodyBytes = octets });
    }

    // By the octets of the entries, all in one bundle here.
    private async Task<int> CountAsync(string kind)
    {
        using var http = new HttpClient();
        var entries = await http.GetStringAsync($"{host.Url}/log/tile/entries/000.p/{await exchange.LogSizeAsync()}", Cancellation);
        return entries.Split($"\n{kind}\n").Length - 1;
    }

    private static int NumberIn(string row) => int.Parse(string.Concat(row.Split('\t')[^1].Where(char.IsDigit)), null);
}
