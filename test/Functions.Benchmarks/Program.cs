// Where the time of a function's first answer goes, from the start of its process, for each directory of published functions
// (DescribeService, or another HANDLER that a whole exchange calls); eng/cold-start.sh publishes them:
// dotnet run --project test/Functions.Benchmarks -c Release -- cold STARTS HANDLER DIRECTORY...
//
// The same as a client sees it who makes the first call of all to a service that was just deployed:
// dotnet run --project test/Functions.Benchmarks -c Release -- ROUNDS DIRECTORY...
//
// How many exchanges a second, at what cost of CPU time and disk:
// dotnet run --project test/Functions.Benchmarks -c Release -- exchanges SECONDS CLIENTS
//
// How many tokens a second an audit verifies, in how much memory, of so many exchanges, some of them with a fault, in a store that has
// PARTIES besides who do nothing (0 if it is not said):
// dotnet run --project test/Functions.Benchmarks -c Release -- audit EXCHANGES FAULTS [PARTIES]
//
// How many seconds after it was sealed a release can be proven, with CLIENTS pairs of parties, or at one exchange a second with 0:
// dotnet run --project test/Functions.Benchmarks -c Release -- provable SECONDS CLIENTS
using System.Diagnostics;
using System.Globalization;
using FairShare.Functions.Benchmarks;
using FairShare.Functions.Benchmarks.ColdStart;
using FairShare.Host;
using FairShare.Testing;
using TemplateHost.Hosting;

if (args[0] == "exchanges")
{
    await ExchangeLoad.RunAsync(int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
    return;
}

if (args[0] == "provable")
{
    await ProvableLoad.RunAsync(int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
    return;
}

if (args[0] == "audit")
{
    var numbers = args[1..].Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
    await AuditLoad.RunAsync(numbers[0], numbers[1], numbers.ElementAtOrDefault(2));
    return;
}

if (args[0] == "cold")
{
    await ColdStartLoad.RunAsync(int.Parse(args[1], CultureInfo.InvariantCulture), args[2], args[3..]);
    return;
}

var rounds = int.Parse(args[0], CultureInfo.InvariantCulture);
Console.WriteLine($"{"first ms", 9} {"second ms", 9}   medians of {rounds}");
foreach (var directory in args[1..])
{
    var (first, second) = (new List<double>(), new List<double>());
    for (var round = 0; round < rounds; round++)
    {
        await using var host = await ServiceHost.StartAsync(new EmbeddedHostOptions { FunctionsDirectory = directory }, TestHost.Template);
        using var http = new HttpClient();
        first.Add(await CallAsync(http, host));
        second.Add(await CallAsync(http, host));
    }

    Console.WriteLine($"{Median(first), 9:F1} {Median(second), 9:F1}   {directory}");
}

// The service's description reads the seal's public key from the table and from KMS.
static async Task<double> CallAsync(HttpClient http, EmbeddedHost host)
{
    var watch = Stopwatch.StartNew();
    using var answer = await http.GetAsync(host.ApiUrl + "/.well-known/fairshare");
    answer.EnsureSuccessStatusCode();
    return watch.Elapsed.TotalMilliseconds;
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
