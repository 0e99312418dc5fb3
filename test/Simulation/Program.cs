// A day of exchanges on a virtual clock, with faults, from a seed: Simulation SEED. Prints every call of a service and what came of each
// exchange.
using System.Diagnostics;
using System.Globalization;
using FairShare.Simulation;
using TemplateHost.Hosting;
using TemplateHost.Simulation;

var seed = int.Parse(args[0], CultureInfo.InvariantCulture);
var clock = new VirtualTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
var watch = Stopwatch.StartNew();
var day = new DayOfExchanges(seed, clock, Console.Out);
SimulatedRun.Run(clock, horizon: TimeSpan.FromDays(7), day.RunAsync);
Console.WriteLine($"seed {seed}: {day.Calls} calls, {day.Faults} faults, ended at {clock.GetUtcNow():O}");
await Console.Error.WriteLineAsync($"{(clock.GetUtcNow() - day.Start).TotalHours:F1} hours in {watch.Elapsed.TotalSeconds:F1} s");
return day.Unfair == 0 ? 0 : 1;
