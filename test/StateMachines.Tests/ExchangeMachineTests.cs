using System.Text.Json.Nodes;
using FairShare.Testing;
using Xunit;

namespace FairShare.StateMachines.Tests;

/// <summary>
/// The exchange's state machine, deployed with everything around it: which way each ending takes, at what cost, and across restarts.
/// </summary>
public sealed class ExchangeMachineTests : IDisposable
{
    private const string Transitions = "stepFunctions.stateTransition";
    private static readonly string[] EndingStates = ["Open", "SealEnding", "EndingRecorded", "CommitEnding", "PublishEnding"];
    private readonly ShiftedTime time = new();
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("fairshare-machine-");

    [Fact]
    public async Task Completed_TakesThreeTransitions()
    {
        await using var host = await StartAsync();
        var exchange = await OpenAsync(host);
        (await exchange.SubmitReceiptAsync()).Require(200);
        var history = await History.OfEndedAsync(host, exchange.Id.ToString());
        Assert.Equal(["Open", "Commit", "Publish"], history.States);
        Assert.Equal(3, host.Embedded.MeterTotals[Transitions]);
        Assert.Equal(1, history.Count("TaskSubmitted"));
        Assert.Equal(1, history.Count("ExecutionSucceeded"));
    }

    [Fact]
    public async Task Declined_SealsAndCommitsTheEnding()
    {
        await using var host = await StartAsync();
        var exchange = await OpenAsync(host);
        (await exchange.DeclineAsync()).Require(200);
        var history = await History.OfEndedAsync(host, exchange.Id.ToString());
        Assert.Equal(EndingStates, history.States);
        Assert.EndsWith(
            ".waitForTaskToken",
            history.Single("TaskFailed")["taskFailedEventDetails"]!["resource"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        Assert.Equal(EndingStates.Length, host.Embedded.MeterTotals[Transitions]);
    }

    [Fact]
    public async Task Expired_TimesOutNotBeforeTheDeadline()
    {
        await using var host = await StartAsync();
        var exchange = await OpenAsync(host, deadlineSeconds: 600);
        time.Advance(TimeSpan.FromSeconds(650));
        var history = await History.OfEndedAsync(host, exchange.Id.ToString());
        Assert.Equal(EndingStates, history.States);
        var timedOut = DateTimeOffset.FromUnixTimeMilliseconds(
            (long)(history.Single("TaskTimedOut")["timestamp"]!.GetValue<double>() * 1000)
        );
        var due = exchange.Challenge.Statement.Due!.Value;
        Assert.True(timedOut >= due.AddMilliseconds(-1), $"{timedOut:O} is before {due:O}");
    }

    [Fact]
    public async Task Restart_BeforeTheReceipt_CompletesOnTheSameToken()
    {
        TestExchange exchange;
        string receipt;
        await using (var host = await StartAsync())
        {
            exchange = await OpenAsync(host);
            receipt = (await exchange.SignAsync()).Text;
        }

        await using var again = await StartAsync();
        var body = new JsonObject { ["nonce"] = exchange.Nonce, ["signature"] = receipt };
        (await again.SendAsync(HttpMethod.Post, $"/exchanges/{exchange.Id}/receipt", body, exchange.Downloader.AccessToken)).Require(200);
        var history = await History.OfEndedAsync(again, exchange.Id.ToString());
        Assert.Equal(["Open", "Commit", "Publish"], history.States);
        Assert.Equal(3, history.Count("TaskScheduled"));
    }

    [Fact]
    public async Task Restart_AfterTheDeadline_ExpiresAtOnce()
    {
        TestExchange exchange;
        await using (var host = await StartAsync())
        {
            exchange = await OpenAsync(host, deadlineSeconds: 600);
        }

        time.Advance(TimeSpan.FromHours(2));
        await using var again = await StartAsync();
        var history = await History.OfEndedAsync(again, exchange.Id.ToString());
        Assert.Equal(EndingStates, history.States);
        Assert.Equal(1, history.Count("TaskTimedOut"));
        Assert.Equal(1, history.Count("ExecutionSucceeded"));
    }

    public void Dispose() => data.Delete(recursive: true);

    private Task<TestHost> StartAsync() =>
        TestHost.StartAsync(
            new()
            {
                Listen = false,
                Time = time,
                DataDirectory = data.FullName,
            }
        );

    private static async Task<TestExchange> OpenAsync(TestHost host, int? deadlineSeconds = null)
    {
        var alice = await TestParty.JoinAsync(host, "alice");
        var bob = await TestParty.JoinAsync(host, "bob");
        var document = await TestDocument.DepositAsync(alice, bob);
        var exchange = await TestExchange.RequestAsync(bob, document, deadlineSeconds);
        await RecordedAsync(bob, exchange);
        return exchange;
    }

    /// <summary>Waits until the workflow has recorded the exchange.</summary>
    private static async Task RecordedAsync(TestParty party, TestExchange exchange)
    {
        for (var attempt = 0; attempt < 18_000 && (await party.GetAsync($"/exchanges/{exchange.Id}")).Status == 404; attempt++)
        {
            await Task.Delay(50);
        }
    }
}
