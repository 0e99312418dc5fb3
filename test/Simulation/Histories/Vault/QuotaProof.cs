using FairShare.Simulation.Runs;

namespace FairShare.Simulation.Histories.Vault;

/// <summary>When every item has ended, none takes up room.</summary>
internal static class QuotaProof
{
    public static async Task RunAsync(SimulatedService service)
    {
        foreach (var party in service.Parties)
        {
            var quota = await party.InsistAsync(HttpMethod.Get, "/vault/quota");
            var (items, bytes) = (quota?.Body?["items"]?.GetValue<long>(), quota?.Body?["bytes"]?.GetValue<long>());
            if ((items, bytes) != (0, 0))
            {
                service.Judge.Note($"Every item of {party.Party.Id} has ended, and {items} items of {bytes} bytes count.");
            }
        }
    }
}
