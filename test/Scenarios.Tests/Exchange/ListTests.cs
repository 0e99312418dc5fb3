using FairShare.Core.Identifiers;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

public sealed class ListTests(ExchangeWorld world) : IClassFixture<ExchangeWorld>
{
    [Fact]
    public async Task Exchanges_ByTheirFilters_AreThoseThatFit()
    {
        using var dora = await TestParty.JoinAsync(world.Host, "dora-filters");
        var contract = await DepositAsync("Vertrag über ein Boot.pdf", dora);
        var invoice = await DepositAsync("invoice.pdf", dora);
        var declined = await TestExchange.RequestAsync(dora, contract);
        (await declined.DeclineAsync()).Require(200);
        var completed = await TestExchange.RequestAsync(dora, invoice);
        (await completed.SubmitReceiptAsync()).Require(200);
        var open = await TestExchange.RequestAsync(dora, contract);
        await BadInput.BadInputCase.WaitUntilOpenAsync(open);

        Assert.Equal(Ids(open, declined, completed), await ListAsync(dora, ""));
        Assert.Equal(Ids(declined), await ListAsync(dora, "state=Declined"));
        Assert.Equal(Ids(open), await ListAsync(dora, "state=AwaitingReceipt"));
        Assert.Equal(Ids(open, declined), await ListAsync(dora, $"document={contract.Id}"));
        Assert.Equal(Ids(completed), await ListAsync(dora, "name=INVOICE"));
        Assert.Equal(Ids(open, declined), await ListAsync(dora, "name=" + Uri.EscapeDataString("ÜBER EIN")));
        Assert.Equal(Ids(open, declined, completed), await ListAsync(dora, $"party={world.Alice.Id}"));
        Assert.Empty(await ListAsync(dora, $"party={world.Bob.Id}"));
        // A party is not its own other side.
        Assert.Empty(await ListAsync(dora, $"party={dora.Id}"));
    }

    [Fact]
    public async Task Exchanges_OfADocument_AreAllShownToItsUploaderAndToOthersTheirOwn()
    {
        var document = await TestDocument.DepositAsync(world.Alice);
        var bobs = await TestExchange.RequestAsync(world.Bob, document);
        var carols = await TestExchange.RequestAsync(world.Carol, document);
        await BadInput.BadInputCase.WaitUntilOpenAsync(bobs);
        await BadInput.BadInputCase.WaitUntilOpenAsync(carols);

        Assert.Equal(Ids(bobs, carols), await ListAsync(world.Alice, $"document={document.Id}&state=AwaitingReceipt"));
        Assert.Equal(Ids(bobs), await ListAsync(world.Alice, $"document={document.Id}&party={world.Bob.Id}"));
        Assert.Equal(Ids(bobs), await ListAsync(world.Bob, $"document={document.Id}"));
        Assert.Equal(Ids(bobs, carols), await ListAsync(world.Alice, $"document={document.Id}&role=uploader"));
        Assert.Equal(Ids(bobs), await ListAsync(world.Bob, $"document={document.Id}&role=downloader"));
        Assert.Empty(await ListAsync(world.Alice, $"document={document.Id}&role=downloader"));
        Assert.Empty(await ListAsync(world.Bob, $"document={document.Id}&role=uploader"));
    }

    [Fact]
    public async Task Exchanges_Since_AreThoseThatEndedThenOrLater()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var earlier = await TestExchange.RequestAsync(world.Bob, document);
        (await earlier.DeclineAsync()).Require(200);
        var ended = DateTimeOffset.Parse(
            (await world.Bob.GetAsync($"/exchanges/{earlier.Id}")).Require(200).Text("endedAt"),
            System.Globalization.CultureInfo.InvariantCulture
        );
        var later = await TestExchange.RequestAsync(world.Bob, document);
        (await later.DeclineAsync()).Require(200);

        var query = $"document={document.Id}&since=";
        Assert.Equal(Ids(earlier, later), await ListAsync(world.Bob, query + Timestamp.Format(ended)));
        Assert.Equal(Ids(later), await ListAsync(world.Bob, query + Timestamp.Format(ended.AddMilliseconds(1))));
        Assert.Equal(Ids(later), await ListAsync(world.Alice, query + Timestamp.Format(ended.AddMilliseconds(1))));
        Assert.Equal(Ids(earlier, later), await ListAsync(world.Alice, $"document={document.Id}&party={world.Bob.Id}&role=uploader"));
        Assert.Equal(Ids(earlier, later), await ListAsync(world.Bob, $"document={document.Id}&party={world.Alice.Id}&role=downloader"));
        Assert.Empty(await ListAsync(world.Bob, $"document={document.Id}&party={world.Alice.Id}&role=uploader"));
    }

    // The filter may be another than that of the page before.
    [Fact]
    public async Task Exchanges_SinceATimeAfterTheCursors_AreNone()
    {
        using var dora = await TestParty.JoinAsync(world.Host, "dora-since");
        var document = await TestDocument.DepositAsync(world.Alice, dora);
        (await (await TestExchange.RequestAsync(dora, document)).DeclineAsync()).Require(200);
        (await (await TestExchange.RequestAsync(dora, document)).DeclineAsync()).Require(200);
        var first = (await dora.GetAsync("/inbox?limit=1")).Require(200);

        var query = $"/exchanges?since=2999-01-01T00:00:00.000Z&cursor={first.Text("cursor")}";

        Assert.Empty((await dora.GetAsync(query)).Require(200)["exchanges"].AsArray());
    }

    // Open ones and ended ones, over the seam between their two listings.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Exchanges_PageByPage_AreAllAndNoPageHasMore(int limit)
    {
        using var dora = await TestParty.JoinAsync(world.Host, $"dora-pages-{limit}");
        var document = await TestDocument.DepositAsync(world.Alice, dora);
        var all = new List<TestExchange>();
        for (var index = 0; index < 4; index++)
        {
            all.Add(await TestExchange.RequestAsync(dora, document));
            await BadInput.BadInputCase.WaitUntilOpenAsync(all[^1]);
        }

        (await all[0].DeclineAsync()).Require(200);
        (await all[1].DeclineAsync()).Require(200);

        Assert.Equal(Ids([.. all]), await ListAsync(dora, $"limit={limit}", limit));
        Assert.Equal(Ids([.. all]), await ListAsync(world.Alice, $"document={document.Id}&limit={limit}", limit));
    }

    [Fact]
    public async Task Documents_ByName_AreFoundInCapitalsOrNotAndPageByPage()
    {
        using var dora = await TestParty.JoinAsync(world.Host, "dora-names");
        foreach (var name in new[] { "Plan A.pdf", "list.txt", "plan b.pdf" })
        {
            await DepositAsync(name, dora);
        }

        var first = (await dora.GetAsync("/documents?name=PLAN&limit=1")).Require(200);
        var second = (await dora.GetAsync($"/documents?name=PLAN&limit=1&cursor={first.Text("cursor")}")).Require(200);
        // The page between has nothing that fits, and is read over.
        Assert.Equal(["plan b.pdf", "Plan A.pdf"], [.. Names(first), .. Names(second)]);
        Assert.Empty(Names((await dora.GetAsync("/documents?name=plan%20c")).Require(200)));
    }

    [Fact]
    public async Task Inbox_OneByOne_IsTheWhole()
    {
        using var dora = await TestParty.JoinAsync(world.Host, "dora-inbox");
        var document = await TestDocument.DepositAsync(world.Alice, dora);
        for (var index = 0; index < 3; index++)
        {
            (await (await TestExchange.RequestAsync(dora, document)).DeclineAsync()).Require(200);
        }

        var (seen, cursor) = (new List<string>(), "");
        while (cursor is not null)
        {
            var page = (await dora.GetAsync($"/inbox?limit=1{cursor}")).Require(200);
            seen.Add(Assert.Single(page["messages"].AsArray())!["exchangeId"]!.GetValue<string>());
            cursor = page.Body!["cursor"] is { } next ? $"&cursor={next}" : null;
        }

        Assert.Equal(3, seen.Distinct().Count());
    }

    private Task<TestDocument> DepositAsync(string name, TestParty reader) => TestDocument.DepositNamedAsync(world.Alice, name, reader);

    private static IEnumerable<string> Names(Answer page) => page["documents"].AsArray().Select(one => one!["name"]!.GetValue<string>());

    private static SortedSet<string> Ids(params TestExchange[] exchanges) =>
        new(exchanges.Select(exchange => exchange.Id.ToString()), StringComparer.Ordinal);

    private static async Task<SortedSet<string>> ListAsync(TestParty party, string query, int limit = 50)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        for (var cursor = ""; cursor is not null; )
        {
            var page = (await party.GetAsync($"/exchanges?{query}{cursor}")).Require(200);
            var entries = page["exchanges"].AsArray();
            Assert.True(entries.Count <= limit, $"A page of {entries.Count} was asked for with a limit of {limit}.");
            found.UnionWith(entries.Select(one => one!["exchangeId"]!.GetValue<string>()));
            cursor = page.Body!["cursor"] is { } next ? $"&cursor={next}" : null;
        }

        return found;
    }
}
