using FairShare.Core.Identifiers;
using FairShare.Testing;
using FairShare.Testing.Oracle;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.Scenarios.Tests.Notices;

/// <summary>Who is mailed what, and how mail begins and ends.</summary>
public sealed class NoticeTests(NoticeWorld world) : IClassFixture<NoticeWorld>, IAsyncLifetime
{
    private static int people;

    // A test before may have put the clock past the end of their tokens.
    public async ValueTask InitializeAsync()
    {
        await world.Alice.SignInAgainAsync();
        await world.Bob.SignInAgainAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Notices_OfWhoConfirmedAnAddress_SayThatSomethingWaitsAndNameNobody()
    {
        var (mine, other) = (NoticeWorld.NewAddress(), NoticeWorld.NewAddress());
        await world.SubscribeAsync(world.Bob, mine, "documents");
        await world.SubscribeAsync(world.Alice, other, "endings");

        var exchange = await world.CompleteAsync();

        var (waits, ended) = (await world.MailAsync(mine, 1), await world.MailAsync(other, 1));
        Assert.Equal("A document waits for you", waits.Subject);
        Assert.Equal("An exchange has ended", ended.Subject);
        // Neither has the other's kind, and each comes once.
        Assert.Equal((2, 2), (await world.CountAsync(mine), await world.CountAsync(other)));
        foreach (var mail in new[] { waits, ended })
        {
            var said = mail.Subject + mail.Text;
            Assert.DoesNotContain(world.Alice.Id.ToString(), said, StringComparison.Ordinal);
            Assert.DoesNotContain(world.Bob.Id.ToString(), said, StringComparison.Ordinal);
            Assert.DoesNotContain(exchange.Id.ToString(), said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Notices_BeforeTheAddressIsConfirmedAndAfterTheyEnded_AreNotSent()
    {
        var address = NoticeWorld.NewAddress();
        using var carol = await TestParty.JoinAsync(world.Host, $"carol{Interlocked.Increment(ref people)}");
        (await NoticeWorld.SetAsync(carol, address, "documents")).Require(200);
        var code = NoticeWorld.CodeIn(await world.MailAsync(address, 0));
        await TestDocument.DepositAsync(world.Alice, carol);
        Assert.Equal(1, await world.CountAsync(address));
        Assert.Equal("notice-not-confirmed", (await NoticeWorld.ConfirmAsync(carol, "AAAAA-AAAAA")).Require(422).Code);

        var active = (await NoticeWorld.ConfirmAsync(carol, code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal))).Require(
            200
        );
        Assert.Equal(("Active", address), (active.Text("state"), active.Text("address")));
        await TestDocument.DepositAsync(world.Alice, carol);
        await world.MailAsync(address, 1);

        Assert.Equal("Off", (await carol.DeleteAsync("/notices")).Require(200).Text("state"));
        await TestDocument.DepositAsync(world.Alice, carol);
        Assert.Equal(2, await world.CountAsync(address));
        Assert.Equal("Off", (await carol.GetAsync("/notices")).Require(200).Text("state"));
    }

    [Fact]
    public async Task Notices_EndedByTheMailsOwnHeader_AreNotSentAnyMore()
    {
        var address = NoticeWorld.NewAddress();
        using var carol = await TestParty.JoinAsync(world.Host, $"carol{Interlocked.Increment(ref people)}");
        await world.SubscribeAsync(carol, address, "documents");
        await TestDocument.DepositAsync(world.Alice, carol);
        var headers = (await world.MailAsync(address, 1)).Headers.ToDictionary(header => header.Name, header => header.Value);
        Assert.Equal("List-Unsubscribe=One-Click", headers["List-Unsubscribe-Post"]);
        var url = new Uri(headers["List-Unsubscribe"].Trim('<', '>'));
        Assert.Equal(world.Host.Embedded.ApiUrl, url.GetLeftPart(UriPartial.Authority));

        // RFC 8058: a form, which is not read; nobody is signed in.
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        var secret = url.AbsoluteUri[(url.AbsoluteUri.LastIndexOf('.') + 1)..];
        var forged = new Uri(url.AbsoluteUri.Replace(secret, (secret[0] == 'A' ? 'B' : 'A') + secret[1..], StringComparison.Ordinal));
        using var refused = await world.Host.Http.PostAsync(forged, form, TestContext.Current.CancellationToken);
        Assert.True(refused.IsSuccessStatusCode);
        Assert.Equal("Active", (await carol.GetAsync("/notices")).Require(200).Text("state"));
        using var answer = await world.Host.Http.PostAsync(url, form, TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal("Off", (await carol.GetAsync("/notices")).Require(200).Text("state"));
        await TestDocument.DepositAsync(world.Alice, carol);
        Assert.Equal(2, await world.CountAsync(address));
    }

    [Fact]
    public async Task Codes_AskedForAgainAndAgain_WaitLongerEachTime()
    {
        var stranger = NoticeWorld.NewAddress();
        using var carol = await TestParty.JoinAsync(world.Host, $"carol{Interlocked.Increment(ref people)}");
        (await NoticeWorld.SetAsync(carol, stranger, "documents")).Require(200);
        Assert.Equal("notice-too-soon", (await NoticeWorld.SetAsync(carol, stranger, "documents")).Require(409).Code);
        await world.MailAsync(stranger, 0);
        // To end them does not begin the count anew.
        (await carol.DeleteAsync("/notices")).Require(200);
        (await NoticeWorld.SetAsync(carol, stranger, "documents")).Require(409);

        await Quiet.UntilAsync([world.Host.Embedded]);
        world.Time.Advance(TimeSpan.FromMinutes(6));
        (await NoticeWorld.SetAsync(carol, stranger, "documents")).Require(200);
        await world.MailAsync(stranger, 1);
        await Quiet.UntilAsync([world.Host.Embedded]);
        world.Time.Advance(TimeSpan.FromMinutes(6));
        (await NoticeWorld.SetAsync(carol, stranger, "documents")).Require(409);
        Assert.Equal(2, await world.CountAsync(stranger));
    }

    [Fact]
    public async Task Notice_ThatSesDoesNotTake_IsSentAgainAndOnce()
    {
        var address = NoticeWorld.NewAddress();
        using var carol = await TestParty.JoinAsync(world.Host, $"carol{Interlocked.Increment(ref people)}");
        await world.SubscribeAsync(carol, address, "documents");
        var refused = 0;
        world.Faults.Choose = call =>
            call is { Origin: "SendNotice", Service: "ses" } && Interlocked.Increment(ref refused) == 1
                ? new FaultRule(FaultKind.Refuse, 1, Code: "MessageRejected")
                : null;

        await TestDocument.DepositAsync(world.Alice, carol);
        await UntilAsync(() => Volatile.Read(ref refused) > 0);

        Assert.Equal(1, await world.CountAsync(address));
        world.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("A document waits for you", (await world.MailAsync(address, 1)).Subject);
        world.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, await world.CountAsync(address));
    }

    [Fact]
    public async Task Notice_ThatSesTakesItsTimeWith_TellsWhatWasNotedBeforeItAndNoMore()
    {
        var address = NoticeWorld.NewAddress();
        using var carol = await TestParty.JoinAsync(world.Host, $"carol{Interlocked.Increment(ref people)}");
        await world.SubscribeAsync(carol, address, "documents");
        var earlier = await MailingsAsync();
        DateTimeOffset? began = null;
        world.Faults.Choose = call =>
        {
            var isFirst = call is { Origin: "SendNotice", Service: "ses" } && began is null;
            began = isFirst ? world.Time.GetUtcNow() : began;
            return isFirst ? new FaultRule(FaultKind.Delay, 1, Delay: TimeSpan.FromSeconds(10)) : null;
        };

        await TestDocument.DepositAsync(world.Alice, carol);
        await UntilAsync(() => began is not null);
        world.Time.Advance(TimeSpan.FromSeconds(10));
        await world.MailAsync(address, 1);

        Assert.Equal(2, await world.CountAsync(address));
        world.Faults.Choose = null;
        // What is noted later than the mail began is left to the next one.
        var mailing = Assert.Single(await MailingsAsync(), mailing => !earlier.ContainsKey(mailing.Key));
        Assert.True(mailing.Value <= began, $"{mailing.Value:O} is after {began:O}.");
    }

    /// <summary>When each party was mailed about documents.</summary>
    private async Task<Dictionary<string, DateTimeOffset>> MailingsAsync()
    {
        using var table = new TableReader(world.Host, "WebhookTableName");
        var items = (await table.ScanAsync()).Where(item => item["sk"].S == "MAILING#documents");
        return items.ToDictionary(item => item["pk"].S, item => Timestamp.Parse(item["mailedAt"].S));
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
