using System.Diagnostics;
using TemplateHost.Hosting;

namespace FairShare.Functions.Benchmarks.ColdStart;

/// <summary>
/// Starts one published function again and again, has it answer a call twice, and says where the time until the first answer went.
/// </summary>
internal static class ColdStartLoad
{
    /// <param name="rounds">How often each directory's function is started; those of all directories take turns.</param>
    /// <param name="handler">Which function: one that a whole exchange calls.</param>
    /// <param name="directories">Where published functions are, built against lib/compat, whose first line tells when they run.</param>
    public static async Task RunAsync(int rounds, string handler, IReadOnlyList<string> directories)
    {
        var (waits, capture) = (new ServiceWaits(), new CallCapture());
        var options = new EmbeddedHostOptions
        {
            Listen = true,
            Faults = waits.Plan,
            Called = waits.End,
            // What looks at a stream calls the table too, and the calls of one function are to be counted.
            StreamPollInterval = TimeSpan.FromDays(1),
        };
        await using var host = await capture.StartAsync(options);
        var call = capture.Of(handler);
        var starts = directories.ToDictionary(directory => directory, _ => new List<ColdStartTimes>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var directory in directories)
            {
                starts[directory].Add(await StartAsync(Path.GetFullPath(directory), call, waits));
            }
        }

        Console.WriteLine($"{handler}, medians of {rounds} starts, ms");
        Console.WriteLine(ColdStartTimes.Heading);
        foreach (var (directory, times) in starts)
        {
            Console.WriteLine($"{ColdStartTimes.MedianOf(times)}   {directory}");
        }
    }

    private static async Task<ColdStartTimes> StartAsync(string directory, CapturedCall call, ServiceWaits waits)
    {
        waits.Take();
        using var function = new StartedFunction(directory, call);
        var (asked, answered) = await function.InvokeAsync(call.Payload);
        var cpu = function.Cpu();
        var (firstCall, served, calls) = waits.Take();
        var (askedAgain, answeredAgain) = await function.InvokeAsync(call.Payload);
        return new(
            Stopwatch.GetElapsedTime(function.StartedAt, await function.PrintedAt),
            Stopwatch.GetElapsedTime(await function.PrintedAt, asked),
            Stopwatch.GetElapsedTime(asked, firstCall == 0 ? answered : firstCall),
            Stopwatch.GetElapsedTime(firstCall == 0 ? answered : firstCall, answered) - served,
            served,
            Stopwatch.GetElapsedTime(function.StartedAt, answered),
            Stopwatch.GetElapsedTime(askedAgain, answeredAgain),
            cpu,
            calls
        );
    }
}
