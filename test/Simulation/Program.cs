// Simulation day SEED: a day of exchanges on a virtual clock, with faults; prints every call of a service and what came of each exchange.
// Simulation histories FIRST COUNT [--each] [--coverage]: histories by their seeds; FIRST counts down to a multiple of a hundred.
// Simulation replay SEED [DEFECT]: one of them again, shortened if it breaks a promise.
// Simulation defects MOST [NAME ...]: with each seeded defect, at most so many histories until one shows it.
using System.Diagnostics;
using System.Globalization;
using FairShare.Simulation.Days;
using FairShare.Simulation.Defects;
using FairShare.Simulation.Runs;
using TemplateHost.Hosting;
using TemplateHost.Simulation;

// What functions log of planned faults helps nobody.
var errors = Console.Error;
Console.SetError(TextWriter.Null);
switch (args)
{
    case ["day", var seed]:
        return await RunDayAsync(Number(seed), errors);
    case ["histories", var first, var count, .. var more]:
        var run = new HistoriesRun(Console.Out, errors, more.Contains("--each"));
        run.Run(Number(first), Number(count));
        return run.Violations == 0 ? 0 : 1;
    case ["replay", var seed, .. var defect]:
        return ReplayRun.Run(Console.Out, Number(seed), defect is [var name] ? SeededDefects.Find(name) : null) ? 0 : 1;
    case ["defects", var most, .. var names]:
        return DefectsRun.Run(Console.Out, names is [] ? SeededDefects.All : names.Select(SeededDefects.Find), Number(most));
    default:
        await errors.WriteLineAsync(
            "Simulation day SEED | histories FIRST COUNT [--each] [--coverage] | replay SEED [DEFECT] | defects MOST [NAME ...]"
        );
        return 2;
}

static async Task<int> RunDayAsync(int seed, TextWriter errors)
{
    var clock = new VirtualTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    var watch = Stopwatch.StartNew();
    var day = new DayOfExchanges(seed, clock, Console.Out);
    SimulatedRun.Run(clock, horizon: TimeSpan.FromDays(7), day.RunAsync);
    Console.WriteLine($"seed {seed}: {day.Calls} calls, {day.Faults} faults, ended at {clock.GetUtcNow():O}");
    await errors.WriteLineAsync($"{(clock.GetUtcNow() - day.Start).TotalHours:F1} hours in {watch.Elapsed.TotalSeconds:F1} s");
    return day.Unfair == 0 ? 0 : 1;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
