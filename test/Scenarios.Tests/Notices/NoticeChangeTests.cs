using FairShare.Aws.Notices;
using FairShare.Testing;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.Scenarios.Tests.Notices;

/// <summary>What becomes of notices while their address changes, and how many mails there are at most.</summary>
public sealed class NoticeChangeTests(NoticeWorld world) : IClassFixture<NoticeWorld>, IAsyncLifetime
{
    private static int people;

    // A test before may have put the clock past the end of their tokens, and may have left a fault.
    public async ValueTask InitializeAsync()
    {
        world.Faults.Choose = null;
        await world.Alice.SignInAgainAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Address_ThatIsToChange_StandsUntilTheNewOneIsConfirmed()
    {
        var (old, next) = (NoticeWorld.NewAddress(), NoticeWorld.NewAddress());
        using var carol = await JoinAsync();
        await world.SubscribeAsync(carol, old, "documents");
        await AdvanceAsync(carol, TimeSpan.FromMinutes(6));

        var asked = (await NoticeWorld.SetAsync(carol, next, "documents")).Require(200);

        Assert.Equal(("Active", old, next), (asked.Text("state"), asked.Text("address"), asked.Text("pendingAddress")));
        var code = NoticeWorld.CodeIn(await world.MailAsync(next, 0));
        await TestDocument.DepositAsync(world.Alice, carol);
        Assert.Equal("A document waits for you", (await world.MailAsync(old, 1)).Subject);
        Assert.Equal(1, await world.CountAsync(next));
        var confirmed = (await NoticeWorld.ConfirmAsync(carol, code)).Require(200);
        Assert.Equal(("Active", next), (confirmed.Text("state"), confirmed.Text("address")));
        Assert.Null((await carol.GetAsync("/notices")).Require(200).Body!["pendingAddress"]);
        await AdvanceAsync(carol, TimeSpan.FromHours(1));
        await TestDocument.DepositAsync(world.Alice, carol);
        await world.MailAsync(next, 1);
        Assert.Equal(2, await world.CountAsync(old));
    }

    [Fact]
    public async Task Address_WhoseCodeTheBusRefuses_LosesNeitherTheConfirmedOneNorTheCodeBefore()
    {
        var (old, second, third) = (NoticeWorld.NewAddress(), NoticeWorld.NewAddress(), NoticeWorld.NewAddress());
        using var carol = await JoinAsync();
        await world.SubscribeAsync(carol, old, "documents");
        await AdvanceAsync(carol, TimeSpan.FromMinutes(6));
        (await NoticeWorld.SetAsync(carol, second, "documents")).Require(200);
        var code = NoticeWorld.CodeIn(await world.MailAsync(second, 0));
        await AdvanceAsync(carol, TimeSpan.FromMinutes(11));
        world.Faults.Choose = call =>
            call is { Origin: "SetNotices", Service: "events" } ? new FaultRule(FaultKind.Refuse, 1, Code: "AccessDeniedException") : null;

        Assert.True((await NoticeWorld.SetAsync(carol, third, "documents")).Status >= 500);
        world.Faults.Choose = null;

        var standing = (await carol.GetAsync("/notices")).Require(200);
        Assert.Equal(("Active", old, second), (standing.Text("state"), standing.Text("address"), standing.Text("pendingAddress")));
        Assert.Equal(second, (await NoticeWorld.ConfirmAsync(carol, code)).Require(200).Text("address"));
        // The refused call did not count: it can be repeated at once.
        (await NoticeWorld.SetAsync(carol, third, "documents")).Require(200);
        await world.MailAsync(third, 0);
    }

    [Fact]
    public async Task Codes_OfManyAccountsForOneAddress_AreFiveInADay()
    {
        var name = $"stranger-{Guid.NewGuid():N}";
        var answers = new List<Answer>();
        var parties = new List<TestParty>();
        for (var account = 0; account < 6; account++)
        {
            if (account == 4)
            {
                await AdvanceAsync(parties[0], TimeSpan.FromHours(12));
            }

            parties.Add(await JoinAsync());
            // Most providers bring what follows a plus sign to the same mailbox.
            var address = account % 2 == 0 ? $"{name}@mail.example.com" : $"{name}+{account}@mail.example.com";
            answers.Add(await NoticeWorld.SetAsync(parties[account], address, "documents"));
        }

        Assert.All(answers.Take(5), answer => answer.Require(200));
        Assert.Equal("notice-too-soon", answers[5].Require(409).Code);
        // The first four leave the day, the fifth does not: four more may come, and no fifth.
        await AdvanceAsync(parties[5], TimeSpan.FromHours(13));
        for (var account = 6; account < 11; account++)
        {
            parties.Add(await JoinAsync());
            var later = await NoticeWorld.SetAsync(parties[account], $"{name}@mail.example.com", "documents");
            Assert.Equal(account < 10 ? 200 : 409, later.Status);
        }

        parties.ForEach(party => party.Dispose());
    }

    [Fact]
    public async Task Code_ThatCouldNotBeMailedForADay_IsNotMailedAndForgotten()
    {
        var address = NoticeWorld.NewAddress();
        using var carol = await JoinAsync();
        var refused = 0;
        world.Faults.Choose = call =>
        {
            var strikes = call is { Origin: "SendNotice", Service: "ses" };
            refused += strikes ? 1 : 0;
            return strikes ? new FaultRule(FaultKind.Refuse, 1, Code: "MessageRejected") : null;
        };
        (await NoticeWorld.SetAsync(carol, address, "documents")).Require(200);
        while (Volatile.Read(ref refused) == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await Quiet.UntilAsync([world.Host.Embedded]);
        world.Faults.Choose = null;
        await AdvanceAsync(carol, TimeSpan.FromHours(25));

        Assert.Equal(0, await world.CountAsync(address));
        Assert.Equal("Off", (await carol.GetAsync("/notices")).Require(200).Text("state"));
    }

    [Fact]
    public async Task Code_OfADayAgo_ConfirmsNothing()
    {
        var address = NoticeWorld.NewAddress();
        using var carol = await JoinAsync();
        (await NoticeWorld.SetAsync(carol, address, "documents")).Require(200);
        var code = NoticeWorld.CodeIn(await world.MailAsync(address, 0));
        await AdvanceAsync(carol, PendingNotices.CodeLifetime + TimeSpan.FromSeconds(1));

        Assert.Equal("notice-not-confirmed", (await NoticeWorld.ConfirmAsync(carol, code)).Require(422).Code);
        Assert.Equal("Off", (await carol.GetAsync("/notices")).Require(200).Text("state"));
    }

    [Fact]
    public async Task Documents_ThatComeWithinAnHour_AreToldInOneMailMore()
    {
        var address = NoticeWorld.NewAddress();
        using var carol = await JoinAsync();
        await world.SubscribeAsync(carol, address, "documents");

        for (var document = 0; document < 4; document++)
        {
            await TestDocument.DepositAsync(world.Alice, carol);
            await world.MailAsync(address, 1);
        }

        Assert.Equal(2, await world.CountAsync(address));
        await AdvanceAsync(carol, TimeSpan.FromMinutes(61));
        await world.MailAsync(address, 2);
        await AdvanceAsync(carol, TimeSpan.FromMinutes(61));
        Assert.Equal(3, await world.CountAsync(address));
    }

    private async Task<TestParty> JoinAsync() => await TestParty.JoinAsync(world.Host, $"changing{Interlocked.Increment(ref people)}");

    private async Task AdvanceAsync(TestParty party, TimeSpan by)
    {
        await Quiet.UntilAsync([world.Host.Embedded]);
        world.Time.Advance(by);
        await party.SignInAgainAsync();
        await world.Alice.SignInAgainAsync();
    }
}
