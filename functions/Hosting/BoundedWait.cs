namespace FairShare.Functions.Hosting;

/// <summary>Waits, for a moment only, for something that another part of the service is about to do.</summary>
internal sealed class BoundedWait(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(320);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Reads until the reading will do, or three seconds have passed; first after 5 ms, then after twice as long each time, up to 320 ms.
    /// </summary>
    /// <returns>The last reading, whether it will do or not.</returns>
    public async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> willDo, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var pause = First;
        while (true)
        {
            var reading = await read();
            if (willDo(reading) || time.GetElapsedTime(start) >= Limit)
            {
                return reading;
            }

            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 2 < Longest ? pause * 2 : Longest;
        }
    }
}
