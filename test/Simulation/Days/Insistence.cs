namespace FairShare.Simulation.Days;

/// <summary>Does what a patient party does when a call fails: waits, and tries again.</summary>
internal sealed class Insistence(TimeProvider time)
{
    private const int Attempts = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public async Task<T> UntilDoneAsync<T>(Func<Task<T>> attempt)
    {
        for (var left = Attempts; ; left--)
        {
            try
            {
                return await attempt();
            }
            catch (Exception failure) when (left > 1 && failure is InvalidOperationException or HttpRequestException)
            {
                await Task.Delay(Pause, time);
            }
        }
    }
}
