using System.Globalization;

namespace FairShare.Backup.Tests.Refresh;

public class RefreshSimulationTests
{
    private const int Rounds = 12;

    /// <summary>24; <c>FAIRSHARE_REFRESHES=10000</c> for the long form.</summary>
    private static int Runs { get; } =
        int.Parse(Environment.GetEnvironmentVariable("FAIRSHARE_REFRESHES") ?? "24", CultureInfo.InvariantCulture);

    [Fact]
    public void Run_OfManySeeds_NeverLosesNorGivesAwayTheSecretNorCertifiesTwice()
    {
        var refreshed = 0;
        for (var seed = 1; seed <= Runs; seed++)
        {
            var simulation = new RefreshSimulation(seed);
            simulation.Run(Rounds);
            refreshed += simulation.Refreshed;
        }

        Assert.True(refreshed >= Runs, $"Only {refreshed} refreshes of {Runs} runs came to an end.");
    }

    [Fact]
    public void Run_WithOnePeerMoreThatIsRead_GivesAwayTheSecret() => RequireCaught(RefreshViolation.Rebuilt, null, read: 3);

    [Fact]
    public void Run_OfPeersThatEraseBeforeTheCertificate_LosesTheSecret() =>
        RequireCaught(RefreshViolation.Lost, scene => new RefreshMutants.EraseBeforeTheCertificate(scene), read: 0);

    [Fact]
    public void Run_OfPeersWhoseQuorumIsM_LosesTheSecret() =>
        RequireCaught(RefreshViolation.Lost, scene => new RefreshMutants.QuorumOfM(scene));

    [Fact]
    public void Run_OfPeersThatTakeAConstantTerm_LosesTheSecret() =>
        RequireCaught(RefreshViolation.Lost, scene => new RefreshMutants.NoProofOfTheConstantTerm(scene));

    [Fact]
    public void Run_OfPeersThatDealInClear_GivesAwayTheSecret() =>
        RequireCaught(RefreshViolation.Rebuilt, scene => new RefreshMutants.SharesInClear(scene));

    [Fact]
    public void Run_OfPeersWhoseKeysStay_GivesAwayTheSecret() =>
        RequireCaught(RefreshViolation.Rebuilt, scene => new RefreshMutants.KeysThatStay(scene));

    private static void RequireCaught(string expected, Func<RefreshScene, SimulatedPeers>? mutant, int read = 2)
    {
        var found = new HashSet<string>();
        for (var seed = 1; seed <= 30 && !found.Contains(expected); seed++)
        {
            try
            {
                new RefreshSimulation(seed, mutant, read).Run(Rounds);
            }
            catch (RefreshViolation violation)
            {
                found.Add(violation.Message);
            }
        }

        Assert.Contains(expected, found);
    }
}
