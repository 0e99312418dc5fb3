using FairShare.Testing;
using FairShare.Testing.Metrics;
using FairShare.Testing.Oracle;
using Xunit;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>
/// A deployed application with two parties who store, on a clock that can be put forward. Its API takes any number of calls at once.
/// </summary>
public sealed class VaultWorld : IAsyncLifetime
{
    public ShiftedTime Time { get; } = new();

    /// <summary>Every data point so far.</summary>
    public MetricStore Metrics { get; } = new();

    public TestHost Host { get; private set; } = null!;

    public TestParty Alice { get; private set; } = null!;

    public TestParty Bob { get; private set; } = null!;

    /// <summary>Reads the vault's table past the application.</summary>
    public TableReader Table { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(
            new()
            {
                Listen = false,
                Time = Time,
                Measured = Metrics.Add,
            },
            TestTemplate.Unthrottled()
        );
        Alice = await TestParty.SignUpAsync(Host, "alice");
        Bob = await TestParty.SignUpAsync(Host, "bob");
        Table = new TableReader(Host, "VaultTableName");
    }

    /// <summary>Puts the clock forward, and signs everybody in again.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Published functions go by the system's clock.");
        Time.Advance(by);
        await Alice.SignInAgainAsync();
        await Bob.SignInAgainAsync();
    }

    /// <summary>Waits until an item of the vault has ended, which the table's stream brings about.</summary>
    public static async Task<string> WaitForEndAsync(TestVaultItem item)
    {
        for (var attempt = 0; attempt < 12_000; attempt++)
        {
            if ((await item.StatusAsync()).Require(200).Text("state") is var state and not ("Pending" or "Stored"))
            {
                return state;
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException("The item did not end.");
    }

    public async ValueTask DisposeAsync()
    {
        Table.Dispose();
        Alice.Dispose();
        Bob.Dispose();
        await Host.DisposeAsync();
    }
}
