// How many single-item writes and two-item transactions a second the host and, where it is found, moto_server take: side by side in one
// run.
// dotnet run --project emulator/TemplateHost.Benchmarks -c Release [SECONDS]
using System.Diagnostics;
using TemplateHost.Benchmarks;
using TemplateHost.Hosting;

var seconds = args is [var given] ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 5;
var watch = Stopwatch.StartNew();
await using var host = await EmbeddedHost.StartAsync(new EmbeddedHostOptions(), """{ "Resources": {} }""");
Console.WriteLine($"embedded host ready in {watch.ElapsedMilliseconds} ms");
List<(string Name, string Url)> targets = [("embedded host", host.AwsUrl)];
using var moto = await Moto.StartAsync();
if (moto is null)
{
    Console.WriteLine("moto_server is not installed here: skipped");
}
else
{
    targets.Add(("moto_server", moto.Url));
}

Console.WriteLine($"{"target", -14} {"clients", 7} {"writes/s", 10} {"transactions/s", 15}");
foreach (var clients in (int[])[1, 16])
{
    foreach (var (name, url) in targets)
    {
        using var load = new Load(url, host.RootCredentials);
        var (writes, transactions) = (await load.WritesAsync(clients, seconds), await load.TransactionsAsync(clients, seconds));
        Console.WriteLine($"{name, -14} {clients, 7} {writes, 10:F0} {transactions, 15:F0}");
    }
}
