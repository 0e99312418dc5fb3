// What the vault's library costs beside the tools that do the same: wall time, CPU time of all processes, and the memory of ours.
// dotnet run --project test/Vault.Benchmarks -c Release -- [MEBIBYTES] [ROUNDS]
//   MEBIBYTES  the length of the file, 64 where nothing is stated
//   ROUNDS     how often each is run, by turns, 3 where nothing is stated; the best of each is shown
// dotnet run --project test/Vault.Benchmarks -c Release -- transfer [MEBIBYTES] [ROUNDS]
//   the commands vault put and vault get against a service on this machine, beside the tools; 1024 MiB where nothing is stated
// Rows of tools that are not installed are left out. The tools encrypt to a recipient, and the library does in link mode, so that scrypt is
// measured only where it says so.
using System.Globalization;
using FairShare.Vault.Benchmarks;

if (args is ["worker", var work, .. var rest])
{
    await Worker.RunAsync(work, rest);
    return;
}

var isTransfer = args is ["transfer", ..];
args = isTransfer ? args[1..] : args;
var mebibytes =
    args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture)
    : isTransfer ? 1024
    : 64;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
var folder = Directory.CreateTempSubdirectory("vault-benchmark-").FullName;
try
{
    SampleFile.Make(Path.Combine(folder, "file"), mebibytes);
    Measurement.Require(folder);
    Console.WriteLine($"best of {rounds}, one file of {mebibytes} MiB, {Environment.ProcessorCount} processors");
    Console.WriteLine($"{"", -44} {"wall s", 7} {"CPU s", 7} {"memory MiB", 11}");
    if (isTransfer)
    {
        Transfer();
    }

    foreach (var group in isTransfer ? [] : Commands.Of(folder))
    {
        var best = group.ToDictionary(command => command, _ => Measurement.Worst);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var command in group)
            {
                best[command] = Measurement.Better(best[command], Measurement.Of(command, folder));
            }
        }

        best.ToList().ForEach(row => Console.WriteLine($"{row.Key.Name, -44} {row.Value}"));
        Console.WriteLine();
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

void Transfer()
{
    using var service = LocalService.Start(folder);
    var rows = new TransferRows(folder, service);
    var best = new Dictionary<string, Measurement>();
    for (var round = 0; round < rounds; round++)
    {
        foreach (var (name, took) in rows.Round())
        {
            best[name] = Measurement.Better(best.GetValueOrDefault(name, Measurement.Worst), took);
        }
    }

    best.ToList().ForEach(row => Console.WriteLine($"{row.Key, -44} {row.Value}"));
}
