// Simulation histories FIRST COUNT [--each] [--coverage]: histories by their seeds; FIRST counts down to a multiple of a hundred.
// Simulation replay SEED [DEFECT]: one of them again, shortened if it breaks a promise.
// Simulation defects MOST [--shorten] [NAME ...]: with each seeded defect, at most so many histories until one shows it, and these without.
using System.Globalization;
using FairShare.Simulation.Defects;
using FairShare.Simulation.Runs;

// What functions log of planned faults helps nobody.
var errors = Console.Error;
Console.SetError(TextWriter.Null);
switch (args)
{
    case ["histories", var first, var count, .. var more]:
        var run = new HistoriesRun(Console.Out, errors, more.Contains("--each"));
        run.Run(Number(first), Number(count));
        if (more.Contains("--coverage"))
        {
            CoverageTable.Write(Console.Out, run.Coverage);
        }

        return run.Violations == 0 ? 0 : 1;
    case ["replay", var seed, .. var defect]:
        return ReplayRun.Run(Console.Out, Number(seed), defect is [var name] ? SeededDefects.Find(name) : null) ? 0 : 1;
    case ["defects", var most, .. var rest]:
        var names = rest.Where(text => text != "--shorten").ToList();
        var defects = names.Count == 0 ? SeededDefects.All : names.Select(SeededDefects.Find);
        return new DefectsRun(Console.Out, (int)Number(most), rest.Contains("--shorten")).Run(defects);
    default:
        await errors.WriteLineAsync(
            "Simulation histories FIRST COUNT [--each] [--coverage] | replay SEED [DEFECT] | defects MOST [--shorten] [NAME ...]"
        );
        return 2;
}

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
