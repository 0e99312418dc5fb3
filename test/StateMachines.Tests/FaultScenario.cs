using FairShare.Testing;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.StateMachines.Tests;

/// <summary>
/// Exchanges of Alice and Bob on a clock that tests put forward, while calls of services fail as they plan. There is no log, whose writes
/// would meet the faults that are meant for the exchange's.
/// </summary>
public abstract class FaultScenario : IAsyncLifetime
{
    /// <summary>Stands for an error of which nobody is told: the call takes longer than its state waits.</summary>
    protected const string Slow = "States.Timeout";

    protected ShiftedTime Time { get; } = new();

    protected FaultPlan Plan { get; } = new(seed: 7);

    protected TestHost Host { get; private set; } = null!;

    protected TestParty Alice { get; private set; } = null!;

    protected TestParty Bob { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(
            new()
            {
                Listen = false,
                Time = Time,
                Faults = Plan,
            },
            TestTemplate.WithoutLog(),
            isJudged: false
        );
        Alice = await TestParty.JoinAsync(Host, "alice");
        Bob = await TestParty.JoinAsync(Host, "bob");
    }

    public async ValueTask DisposeAsync()
    {
        Plan.Rules = [];
        Alice.Dispose();
        Bob.Dispose();
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static FaultRule Rule(string service, string operation, string error) =>
        error == Slow
            ? new FaultRule(FaultKind.Delay, 1, service, operation, TimeSpan.FromMinutes(20))
            : new FaultRule(FaultKind.Refuse, 1, service, operation, Code: error);

    /// <summary>Lets a call fail so many times, putting the clock forward past every retry, and then no more.</summary>
    protected async Task FailAsync(
        string service,
        string operation,
        string error,
        int faults,
        Func<Task> act,
        IEnumerable<FaultRule>? others = null
    )
    {
        var rule = Rule(service, operation, error);
        var before = Plan.Injected.GetValueOrDefault(rule.Kind);
        Plan.Rules = [rule, .. others ?? []];
        var acting = act();
        if (!acting.IsCompleted)
        {
            // The clock stands still until the party's call has reached the state that fails.
            await AdvanceAsync(TimeSpan.Zero, () => Plan.Injected.GetValueOrDefault(rule.Kind) > before);
        }

        await AdvanceAsync(TimeSpan.FromMinutes(16), () => Plan.Injected.GetValueOrDefault(rule.Kind) - before >= faults);
        Plan.Rules = [];
        await acting;
    }

    /// <summary>
    /// Puts the clock forward until a fault has struck so often. It stands still until the first: put forward while a receipt is on its
    /// way to the commit, it would be past the deadline, or the function's time.
    /// </summary>
    protected async Task StrikesAsync(FaultKind kind, int times, TimeSpan step)
    {
        await AdvanceAsync(TimeSpan.Zero, () => Plan.Injected.GetValueOrDefault(kind) > 0);
        await AdvanceAsync(step, () => Plan.Injected.GetValueOrDefault(kind) >= times);
    }

    protected async Task AdvanceAsync(TimeSpan step, Func<bool> reached)
    {
        for (var round = 0; !reached(); round++)
        {
            Time.Advance(step);
            await PauseAsync(round);
        }
    }

    // A function that is slower than a pause finds its own time over: where the machine is slow, the pauses become longer.
    protected static Task PauseAsync(int round) => Task.Delay(TimeSpan.FromMilliseconds(Math.Min(25 * Math.Pow(1.01, round), 10_000)));

    protected async Task<TestExchange> OpenAsync(int? deadlineSeconds = null)
    {
        var document = await TestDocument.DepositAsync(Alice, Bob);
        var exchange = await TestExchange.RequestAsync(Bob, document, deadlineSeconds);
        await RecordedAsync(exchange);
        return exchange;
    }

    protected async Task<TestExchange> RequestAsync(TestDocument document)
    {
        while (true)
        {
            try
            {
                return await TestExchange.RequestAsync(Bob, document);
            }
            catch (InvalidOperationException)
            {
                Time.Advance(TimeSpan.FromSeconds(1));
            }
        }
    }

    protected async Task RecordedAsync(TestExchange exchange)
    {
        for (var round = 0; (await Bob.GetAsync($"/exchanges/{exchange.Id}")).Status != 200; round++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await PauseAsync(round);
        }
    }

    private protected async Task<History> EndedAsync(TestExchange exchange)
    {
        for (var round = 0; await History.IsRunningAsync(Host, exchange.Id.ToString()); round++)
        {
            Time.Advance(TimeSpan.FromMinutes(16));
            await PauseAsync(round);
        }

        await Bob.SignInAgainAsync();
        return await History.OfEndedAsync(Host, exchange.Id.ToString());
    }

    protected async Task<string> StateAsync(TestExchange exchange)
    {
        await Bob.SignInAgainAsync();
        return await exchange.StateAsync(Bob);
    }
}
