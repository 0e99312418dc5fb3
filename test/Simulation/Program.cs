// Simulation histories FIRST COUNT [--each] [--coverage] [--systematic]: histories by their seeds; FIRST counts down to a multiple of a
//   hundred; with --systematic every story with every fault before them.
// Simulation systematic [--each] [--coverage] [--cells] [--about TEXT] [--every N] [--defect NAME]: every story with every fault; with
//   --cells the first that strikes a call with a fault, and no other; with a text those in whose names it stands; of those every Nth.
// Simulation systematic NUMBER: one of them alone.
// Simulation replay SEED [DEFECT]: one history again, shortened if it breaks a promise.
// Simulation defects MOST [--shorten] [NAME ...]: with each seeded defect, at most so many histories until one shows it, and these without.
using System.Globalization;
using FairShare.Simulation.Defects;
using FairShare.Simulation.Runs;
using FairShare.Simulation.Systematic;

// What functions log of planned faults helps nobody.
var errors = Console.Error;
Console.SetError(TextWriter.Null);
var tally = new Tally(Console.Out, errors, args.Contains("--each") || args is ["systematic", [>= '0' and <= '9', ..], ..]);
switch (args)
{
    case ["histories", var first, var count, ..]:
        if (args.Contains("--systematic"))
        {
            new SystematicRun(tally, Console.Out).Run(_ => true);
        }

        new HistoriesRun(tally, Console.Out).Run(Number(first), Number(count));
        return Sum();
    case ["systematic", [>= '0' and <= '9', ..] number, ..]:
        new SystematicRun(tally, Console.Out).Run(one => one.Number == Number(number));
        return Sum();
    case ["systematic", .. var options]:
        var (every, about, passed) = (Number(After(options, "--every") ?? "1"), After(options, "--about") ?? "", 0);
        var seeded = After(options, "--defect") is { } called ? SeededDefects.Find(called) : null;
        new SystematicRun(tally, Console.Out, seeded).Run(one =>
            (one.IsFirst || !options.Contains("--cells")) && $"{one}".Contains(about, StringComparison.Ordinal) && passed++ % every == 0
        );
        return Sum();
    case ["replay", var seed, .. var defect]:
        return ReplayRun.Run(Console.Out, Number(seed), defect is [var name] ? SeededDefects.Find(name) : null) ? 0 : 1;
    case ["defects", var most, .. var rest]:
        var names = rest.Where(text => text != "--shorten").ToList();
        var defects = names.Count == 0 ? SeededDefects.All : names.Select(SeededDefects.Find);
        return new DefectsRun(Console.Out, (int)Number(most), rest.Contains("--shorten")).Run(defects);
    default:
        await errors.WriteLineAsync(
            "Simulation histories FIRST COUNT [--each] [--coverage] [--systematic] | systematic [NUMBER] [--each] [--coverage] [--cells] "
                + "[--about TEXT] [--every N] [--defect NAME] | replay SEED [DEFECT] | defects MOST [--shorten] [NAME ...]"
        );
        return 2;
}

static string? After(string[] options, string name) => options.SkipWhile(option => option != name).ElementAtOrDefault(1);

int Sum()
{
    tally.WriteSum();
    if (args.Contains("--coverage"))
    {
        CoverageTable.Write(Console.Out, tally.Coverage);
    }

    return tally.Violations == 0 ? 0 : 1;
}

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
