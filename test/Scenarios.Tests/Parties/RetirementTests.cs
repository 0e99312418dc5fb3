using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Parties;

/// <summary>
/// Whatever the order in which a key is retired and what it signed is accepted: nobody accepts a key that was retired by then.
/// </summary>
public sealed class RetirementTests : IAsyncLifetime
{
    private const int StepsOfRetirement = 5;
    private static readonly TimeSpan[] Advances = [TimeSpan.FromSeconds(56), TimeSpan.FromSeconds(61)];

    private const int RunsPerParty = 50;

    private TestHost host = null!;
    private TestParty party = null!;
    private int runs;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(new() { Listen = false });
        party = await TestParty.SignUpAsync(host, "alice");
        // Every order registers a key of its own.
        await TestLimits.RaiseAsync(party, 100);
    }

    public async ValueTask DisposeAsync()
    {
        party.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Retirement_EveryOrderWithAnAcceptance_NoRetiredKeyIsAccepted()
    {
        var (accepted, refused, busy) = (0, 0, 0);
        foreach (var schedule in Orders(StepsOfRetirement, 2).SelectMany(WithOneAdvance))
        {
            var run = await RunAsync(schedule);
            accepted += run.Accepted is null ? 0 : 1;
            refused += run.Accepted is null ? 1 : 0;
            busy += run.Answers.Count(status => status == 503);
        }

        // Each outcome has been seen.
        Assert.True(accepted > 0 && refused > 0 && busy > 0, $"{accepted} accepted, {refused} refused, {busy} busy");
    }

    [Fact]
    public async Task Retirement_TwoAtOnceWithAnAcceptance_NoRetiredKeyIsAccepted()
    {
        var random = new Random(20261125);
        for (var sample = 0; sample < 120; sample++)
        {
            var actors = "RRRRRSSSSSAA".ToCharArray();
            random.Shuffle(actors);
            var steps = actors.Select(actor => new RetirementStep(
                actor,
                random.Next(4) == 0 ? Advances[random.Next(Advances.Length)] : default
            ));
            await RunAsync([.. steps]);
        }
    }

    [Fact]
    public async Task Retirement_LateOneInTheOthersPlace_IsNotConfirmedByTheOther()
    {
        // S reads the clock, and its first write lands a minute later, over R's; R, which was in time, must not confirm what S wrote.
        var late = TimeSpan.FromSeconds(61);
        var run = await RunAsync([
            new('S'),
            new('R', late),
            new('R'),
            new('A'),
            new('A'),
            new('S'),
            new('R'),
            new('R'),
            new('R'),
            new('S'),
            new('S'),
        ]);
        Assert.NotNull(run.Accepted);
    }

    [Fact]
    public async Task Retirement_Undisturbed_TakesEffectInAMinute()
    {
        using var signer = new TestSigner();
        await party.RegisterKeyAsync(signer);
        var before = host.Time.GetUtcNow();
        var answer = (await party.DeleteAsync($"/keys/{signer.KeyId}")).Require(200);
        var retiredAt = DateTimeOffset.Parse(answer.Text("retiredAt"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(retiredAt, before + TimeSpan.FromSeconds(59), host.Time.GetUtcNow() + TimeSpan.FromSeconds(60));
        Assert.Equal(answer.Text("retiredAt"), (await party.DeleteAsync($"/keys/{signer.KeyId}")).Require(200).Text("retiredAt"));
    }

    private async Task<RetirementRun> RunAsync(IReadOnlyList<RetirementStep> schedule)
    {
        if (++runs % RunsPerParty == 0)
        {
            // A party may make so many calls an hour that store something, and no more.
            party.Dispose();
            party = await TestParty.SignUpAsync(host, $"alice-{runs}");
        }

        using var signer = new TestSigner();
        await party.RegisterKeyAsync(signer);
        var run = new RetirementRun(host, party, signer.KeyId);
        var final = await run.RunAsync(schedule);
        Assert.NotNull(final.Key.RetiredAt);
        Assert.False(
            run.Accepted is { } at && !final.Key.IsValidAt(at),
            $"Accepted at {run.Accepted:O}, retired at {final.Key.RetiredAt:O}: "
                + $"{string.Join(' ', schedule.Select(step => $"{step.Advance.TotalSeconds}{step.Actor}"))}"
        );
        return run;
    }

    /// <summary>Every order of so many steps of a retirement and of an acceptance.</summary>
    private static IEnumerable<string> Orders(int retirement, int acceptance) =>
        (retirement, acceptance) switch
        {
            (0, 0) => [""],
            (_, 0) => Orders(retirement - 1, 0).Select(rest => 'R' + rest),
            (0, _) => Orders(0, acceptance - 1).Select(rest => 'A' + rest),
            _ => Orders(retirement - 1, acceptance)
                .Select(rest => 'R' + rest)
                .Concat(Orders(retirement, acceptance - 1).Select(rest => 'A' + rest)),
        };

    /// <summary>The order as it is, and with the clock put forward before any one step.</summary>
    private static IEnumerable<IReadOnlyList<RetirementStep>> WithOneAdvance(string order)
    {
        yield return [.. order.Select(actor => new RetirementStep(actor))];
        foreach (var advance in Advances)
        {
            for (var place = 0; place < order.Length; place++)
            {
                yield return [.. order.Select((actor, position) => new RetirementStep(actor, position == place ? advance : default))];
            }
        }
    }
}
