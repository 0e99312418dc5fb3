using System.Diagnostics;
using System.Globalization;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Kill;

/// <summary>
/// The built host under the load of twenty clients, killed at random requests and started again: nothing that was told is taken back, and
/// every exchange is fair. <c>FAIRSHARE_KILL_MINUTES</c> makes it as long as wanted, <c>FAIRSHARE_KILL_SEED</c> draws other lives.
/// </summary>
public sealed class KillRunTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Clients = 20;
    private const int ShortRunKills = 4;
    private const int FewestRequests = 40;
    private const int MostRequests = 200;
    private const int LargestDocument = 3000;

    private static readonly double Minutes = Number("FAIRSHARE_KILL_MINUTES", 0);
    private static readonly int Seed = (int)Number("FAIRSHARE_KILL_SEED", 15);

    private readonly Workspace workspace = new();
    private readonly KilledUp host = new();
    private readonly KillSwitch requests = new();
    private readonly Ledger ledger = new();
    private readonly CancellationTokenSource over = new();
    private int kills;

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        workspace.Dispose();
        over.Dispose();
    }

    [Fact]
    public async Task Up_KilledUnderLoad_TakesNothingBackAndStaysFair()
    {
        await host.StartAsync();
        var people = await Task.WhenAll(Enumerable.Range(0, Clients).Select(JoinAsync));
        var load = Task.WhenAll(people.Select((_, index) => Task.Run(() => RunClientAsync(people, index))));
        var killing = KillAsync();
        // A client that fails ends the run at once.
        await await Task.WhenAny(load, killing);
        await Task.WhenAll(load, killing);

        var reckoning = new Reckoning(people, ledger, workspace);
        await reckoning.RunAsync();
        await new KilledTable(host, workspace).RequireCleanAuditAsync();
        var states = string.Join(", ", reckoning.States.OrderBy(state => state.Key).Select(state => $"{state.Key} {state.Value}"));
        output.WriteLine($"seed {Seed}: {kills} kills, {requests.Requests} requests, {reckoning.States.Values.Sum()} exchanges: {states}");
        Assert.All(["Completed", "Declined", "Aborted", "Expired"], state => Assert.True(reckoning.States.ContainsKey(state), states));
    }

    private static double Number(string variable, double otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private Task<TestParty> JoinAsync(int number) =>
        new TestJoining(host.Url, host.CodeAsync, workspace).RunAsync($"client{number}@kill.example.com", requests.Wire(), requests.Wire());

    private async Task KillAsync()
    {
        var random = new Random(Seed);
        var clock = Stopwatch.StartNew();
        for (kills = 0; kills < ShortRunKills || clock.Elapsed.TotalMinutes < Minutes; kills++)
        {
            await requests.After(random.Next(FewestRequests, MostRequests));
            await host.KillAndRestartAsync();
        }

        await over.CancelAsync();
    }

    /// <summary>Rounds until the last restart. The first of some lapses: an expiry takes the deadline and 45 seconds more.</summary>
    private async Task RunClientAsync(TestParty[] people, int index)
    {
        var random = new Random(HashCode(index));
        var client = new LoadClient(people[index], people[(index + 1) % Clients], ledger, workspace);
        for (var round = 0; !over.IsCancellationRequested; round++)
        {
            var kinds = Minutes > 0 ? (int)Round.Lapse + 1 : (int)Round.Lapse;
            var kind = round == 0 ? (Round)(index % ((int)Round.Lapse + 1)) : (Round)random.Next(kinds);
            await client.RunAsync($"c{index}-r{round}.bin", random.Next(1, LargestDocument), kind);
        }
    }

    private static int HashCode(int index) => (Seed * 1000) + index;
}
