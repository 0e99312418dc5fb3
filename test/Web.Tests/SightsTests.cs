using FairShare.Web.Tests.Support;

namespace FairShare.Web.Tests;

/// <summary>What an auditor's browser keeps of its looks at the log.</summary>
[Collection(CompletedExchangeCollection.Name)]
public sealed class SightsTests(PageHost host, CompletedExchange exchange)
{
    // A thousand looks, one a second, at a log that was empty.
    private const string ManySights = """
        async () => {
          const key = (await (await fetch('api/.well-known/fairshare')).json()).log.keys[0];
          const root = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
          const { Database } = await import('/service/database.js');
          const database = await Database.open();
          for (let second = 0; second < 1000; second++) {
            await database.put('sights', { at: new Date(Date.UTC(2001, 0, 1) + second * 1000).toISOString(), size: 0, root, key });
          }
        }
        """;

    private const string KeptSights = """
        async () => {
          const { Database } = await import('/service/database.js');
          return (await (await Database.open()).all('sights')).map(({ at }) => at).sort();
        }
        """;

    // A log of five entries was seen once, and then often one of fewer, by whatever clock.
    private const string LongestOfAWrongClock = """
        async () => {
          const { keepSight, longest, readSights } = await import('/audit/sights.js');
          const { Database } = await import('/service/database.js');
          const database = await Database.open();
          const see = async (year, second, size) =>
            keepSight(database, await readSights(database), { at: new Date(Date.UTC(year, 0, 1) + second * 1000).toISOString(), size });
          await see(2000, 0, 0);
          await see(2001, 0, 5);
          for (let second = 0; second < 100; second++) {
            await see(2002, second, 1);
          }
          await see(2040, 0, 2);
          return longest(await readSights(database)).size;
        }
        """;

    [Fact]
    public async Task Sights_OfAClockThatWasWrong_AreJudgedByTheLongestLog()
    {
        await using var auditor = await host.OpenAsync();
        await auditor.SeesAsync("Documents against signed receipts");

        Assert.Equal(5, await auditor.Page.EvaluateAsync<int>(LongestOfAWrongClock));
    }

    [Fact]
    public async Task Sights_OfManyLooks_BecomeFewerTheOlderTheyAre()
    {
        _ = await exchange.LogSizeAsync();
        await using var auditor = await host.OpenAsync();
        await auditor.Page.EvaluateAsync(ManySights);

        await auditor.GoAsync("audit");
        await auditor.SeesAsync("The log holds");

        var kept = await auditor.Page.EvaluateAsync<string[]>(KeptSights);
        Assert.InRange(kept.Length, 33, 65);
        // The first, all of the newest, and the one of now.
        Assert.Equal("2001-01-01T00:00:00.000Z", kept[0]);
        Assert.Equal("2001-01-01T00:16:09.000Z", kept[^32]);
        Assert.StartsWith("20", kept[^1], StringComparison.Ordinal);
        Assert.NotEqual("2001", kept[^1][..4]);
    }
}
