using System.Globalization;

namespace FairShare.Backup.Tests.Refresh;

public class RefreshSimulationTests
{
    /// <summary>40; <c>FAIRSHARE_REFRESHES=10000</c> for the long form.</summary>
    private static int Runs { get; } =
        int.Parse(Environment.GetEnvironmentVariable("FAIRSHARE_REFRESHES") ?? "40", CultureInfo.InvariantCulture);

    [Fact]
    public void Run_OfManySeeds_NeverLosesTheSecretNorCertifiesTwice()
    {
        var refreshed = 0;
        for (var seed = 1; seed <= Runs; seed++)
        {
            var simulation = new RefreshSimulation(seed);
            simulation.Run(rounds: 12);
            refreshed += simulation.Refreshed;
        }

        Assert.True(refreshed >= Runs, $"Only {refreshed} refreshes of {Runs} runs came to an end.");
    }
}
