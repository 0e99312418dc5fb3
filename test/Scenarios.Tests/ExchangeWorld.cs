using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests;

/// <summary>A deployed application with an uploader, a downloader and a third party, on a clock that can be put forward.</summary>
public sealed class ExchangeWorld : IAsyncLifetime
{
    public ShiftedTime Time { get; } = new();

    public TestHost Host { get; private set; } = null!;

    public TestParty Alice { get; private set; } = null!;

    public TestParty Bob { get; private set; } = null!;

    public TestParty Carol { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(new() { Listen = false, Time = Time });
        Alice = await TestParty.JoinAsync(Host, "alice");
        Bob = await TestParty.JoinAsync(Host, "bob");
        Carol = await TestParty.JoinAsync(Host, "carol");
    }

    /// <summary>Puts the clock forward, and signs everybody in again.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Published functions go by the system's clock.");
        Time.Advance(by);
        foreach (var party in new[] { Alice, Bob, Carol })
        {
            await party.SignInAgainAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var party in new[] { Alice, Bob, Carol })
        {
            party.Dispose();
        }

        await Host.DisposeAsync();
    }
}
