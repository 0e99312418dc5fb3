using FairShare.Client.Http;
using FairShare.Client.Transfers;

namespace FairShare.Client.Tests.Kill;

/// <summary>What a client does while the host is down: it asks again. Everything else that is thrown is somebody's defect.</summary>
internal static class Outage
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // Ten minutes: no restart takes that long on any machine, and a host that is gone for good must not hang the run.
    private const int Attempts = 2400;

    /// <summary>Makes a call until the host answers it.</summary>
    public static async Task<T> OutlastAsync<T>(Func<Task<T>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception fault) when (attempt < Attempts && IsOutage(fault))
            {
                await Task.Delay(Interval);
            }
        }
    }

    // 429 and 503 are answers of a busy host; 500 and 502 are none that it may give.
    private static bool IsOutage(Exception fault) =>
        fault switch
        {
            FairShareProblem problem => problem.Status is 429 or 503,
            TransferProblem problem => problem.Code == TransferProblem.Stalled || problem.Status == 503,
            _ => fault is HttpRequestException or HttpIOException,
        };
}
