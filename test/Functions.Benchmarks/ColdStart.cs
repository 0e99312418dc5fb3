using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using FairShare.Host;
using FairShare.Testing;
using TemplateHost.Gateway.Faults;
using TemplateHost.Hosting;

namespace FairShare.Functions.Benchmarks;

/// <summary>
/// Where the time of a function's first call goes: until it asks AWS for the first time, while it asks, and afterwards; and how much of the
/// processor its process has taken, which another program on the machine does not make longer.
/// </summary>
internal sealed class ColdStart(string directory)
{
    private readonly ConcurrentQueue<ServedCall> calls = [];
    private readonly List<double[]> phases = [];

    public static async Task RunAsync(int rounds, IEnumerable<string> directories)
    {
        Console.WriteLine("first ms   to AWS  at AWS   after   CPU ms   calls of AWS   medians of " + rounds);
        foreach (var directory in directories)
        {
            var start = new ColdStart(directory);
            for (var round = 0; round < rounds; round++)
            {
                await start.MeasureAsync();
            }

            Console.WriteLine(string.Join(' ', Enumerable.Range(0, 6).Select(phase => $"{start.Median(phase), 8:F1}")) + $"   {directory}");
            Console.WriteLine("           " + string.Join(", ", start.calls.Select(call => $"{call.Service} {call.Operation}")));
        }
    }

    private async Task MeasureAsync()
    {
        var options = new EmbeddedHostOptions { FunctionsDirectory = directory, Called = Note };
        await using var host = await ServiceHost.StartAsync(options, TestHost.Template);
        using var http = new HttpClient();
        calls.Clear();
        var began = TimeProvider.System.GetUtcNow();
        using var answer = await http.GetAsync(host.ApiUrl + "/.well-known/fairshare");
        answer.EnsureSuccessStatusCode();
        var ended = TimeProvider.System.GetUtcNow();
        var (first, last) = (calls.First().At, calls.Last().At);
        phases.Add([
            (ended - began).TotalMilliseconds,
            (first - began).TotalMilliseconds,
            (last - first).TotalMilliseconds,
            (ended - last).TotalMilliseconds,
            Children().Sum(ProcessorMilliseconds),
            calls.Count,
        ]);
    }

    private void Note(ServedCall call)
    {
        // The call of the API itself is none of the function's.
        if (call.Service != "execute-api")
        {
            calls.Enqueue(call);
        }
    }

    private double Median(int phase) => phases.Select(one => one[phase]).Order().ElementAt(phases.Count / 2);

    private static IEnumerable<int> Children() =>
        Process
            .GetProcessesByName("bootstrap")
            .Select(process => process.Id)
            .Where(id => File.ReadAllText($"/proc/{id}/stat").Split(' ')[3] == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            .Where(id => File.ReadAllText($"/proc/{id}/environ").Contains("_HANDLER=DescribeService\0", StringComparison.Ordinal));

    /// <summary>What all threads of a process have taken of the processor, by the scheduler's own count in nanoseconds.</summary>
    private static double ProcessorMilliseconds(int process) =>
        Directory
            .GetDirectories($"/proc/{process}/task")
            .Sum(task => double.Parse(File.ReadAllText(task + "/schedstat").Split(' ')[0], CultureInfo.InvariantCulture)) / 1e6;
}
