using System.Globalization;

namespace FairShare.Functions.Benchmarks.ColdStart;

/// <summary>Where the time of one start went.</summary>
/// <param name="Runtime">From the start of the process until the program runs.</param>
/// <param name="Made">From there until it asks for work: the function is made.</param>
/// <param name="Sent">From the event until its first call of a service arrives: the event is read, a client made, the call signed.</param>
/// <param name="Rest">From there until the answer, without what the services took.</param>
/// <param name="Served">What the services took.</param>
/// <param name="Answered">From the start of the process until the first answer.</param>
/// <param name="Again">The second call of the same process.</param>
/// <param name="Cpu">What the process computed until the first answer.</param>
/// <param name="Calls">How many calls of services there were.</param>
internal sealed record ColdStartTimes(
    TimeSpan Runtime,
    TimeSpan Made,
    TimeSpan Sent,
    TimeSpan Rest,
    TimeSpan Served,
    TimeSpan Answered,
    TimeSpan Again,
    TimeSpan Cpu,
    int Calls
)
{
    public static string Heading => " runtime    made    sent    rest  served  answered  second     CPU  calls";

    /// <summary>Each column's median.</summary>
    public static string MedianOf(IReadOnlyList<ColdStartTimes> starts) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Median(starts, s => s.Runtime), 8:F1}{Median(starts, s => s.Made), 8:F1}{Median(starts, s => s.Sent), 8:F1}"
                + $"{Median(starts, s => s.Rest), 8:F1}{Median(starts, s => s.Served), 8:F1}{Median(starts, s => s.Answered), 10:F1}"
                + $"{Median(starts, s => s.Again), 8:F1}{Median(starts, s => s.Cpu), 8:F1}{starts[^1].Calls, 7}"
        );

    private static double Median(IReadOnlyList<ColdStartTimes> starts, Func<ColdStartTimes, TimeSpan> part) =>
        starts.Select(start => part(start).TotalMilliseconds).Order().ElementAt(starts.Count / 2);
}
