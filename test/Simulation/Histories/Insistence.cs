using FairShare.Testing;

namespace FairShare.Simulation.Histories;

/// <summary>Calls as a client makes them who does not give up.</summary>
internal static class Insistence
{
    private const int Attempts = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);

    /// <summary>Calls once.</summary>
    /// <returns>Null when no answer came.</returns>
    public static async Task<Answer?> TryAsync(Func<Task<Answer>> call)
    {
        try
        {
            return await call();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Calls until the answer is other than that it cannot be answered now.</summary>
    /// <returns>Null when no answer ever came.</returns>
    public static async Task<Answer?> InsistAsync(TimeProvider clock, Func<Task<Answer>> call)
    {
        for (var left = Attempts; ; left--)
        {
            var answer = await TryAsync(call);
            // A lock of the vault lasts for an hour.
            if (answer is { Status: < 500 and not 429 } or { Code: "vault-locked" } || left == 1)
            {
                return answer;
            }

            await Task.Delay(Pause, clock);
        }
    }
}
